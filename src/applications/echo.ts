import type { Connection } from '../contracts.ts';
import type { ResolvedScenario } from '../measurements.ts';
import { messageMaker, type Stamp } from '../message.ts';
import type { Application, ClientHalf, Part, ServerHalf } from './application.ts';
import { ask, PLAIN_PART, reply } from './plain.ts';

/** Each client speaks and gets its own words back: what is measured is the way there and back. */
export const echo: Application = {
  name: 'echo',
  summary: 'each client sends, and the server answers it',
  speaker: 'clients',
  isTwoWay: true,
  messagesPerSecond: ({ clients, ratePerSecond }) => clients * ratePerSecond,
  audience: (speaker) => [speaker],
  server: async () => new EchoServer(),
  client: async (scenario) => echoClient(scenario),
};

class EchoServer implements ServerHalf {
  readonly relayed = { messages: 0, deliveries: 0 };

  readonly app: ServerHalf['app'] = {
    opened: () => undefined,
    received: (peer, message, answer) => {
      this.relayed.messages += 1;
      this.relayed.deliveries += 1;
      reply(peer, message, answer);
    },
    closed: () => undefined,
  };
}

function echoClient({ payloadBytes, payloadKind }: ResolvedScenario): ClientHalf {
  const make = messageMaker(payloadBytes, payloadKind);
  const part: Part = {
    ...PLAIN_PART,
    say(connection: Connection, stamp: Stamp) {
      const message = make(stamp);
      ask(connection, message);
      return 1;
    },
  };
  return { part: () => part };
}
