import type { ServerSide } from '../contracts.ts';
import type { ResolvedScenario } from '../measurements.ts';
import { messageMaker, type Stamp } from '../message.ts';
import type { Application, ServerHalf } from './application.ts';
import { PLAIN_PART } from './plain.ts';

const EVERYONE = 'all';

/** Everyone is in one room, and the server speaks. */
export const broadcast: Application = {
  name: 'broadcast',
  summary: 'the server sends each message to every client',
  speaker: 'server',
  messagesPerSecond: ({ ratePerSecond }) => ratePerSecond,
  server: async (scenario) => new BroadcastServer(scenario),
  client: async () => ({ part: () => PLAIN_PART }),
};

class BroadcastServer implements ServerHalf {
  readonly #make: ReturnType<typeof messageMaker>;
  #members = 0;

  readonly app: ServerHalf['app'] = {
    opened: (peer) => {
      this.#members += 1;
      peer.join(EVERYONE);
    },
    received: () => undefined,
    closed: () => {
      this.#members -= 1;
    },
  };

  constructor({ payloadBytes, payloadKind }: ResolvedScenario) {
    this.#make = messageMaker(payloadBytes, payloadKind);
  }

  publish(side: ServerSide, stamp: Stamp): number {
    side.publish(EVERYONE, this.#make(stamp));
    return this.#members;
  }
}
