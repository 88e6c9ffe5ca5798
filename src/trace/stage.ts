import type { RelayCalls, Tapped } from '../instrument/link/protocol.ts';
import type { Pinning } from '../instrument/pinning.ts';
import { RoleProcess } from '../instrument/role-process.ts';
import type { ResolvedScenario } from '../measurements.ts';
import { aloneStart } from '../server/alone.ts';
import type { ServerCalls } from '../server/protocol.ts';

const LOOPBACK = '127.0.0.1';

/** One server, and a relay before it that writes down all that crosses. */
export class Stage {
  readonly #transport: string;
  readonly #scenario: ResolvedScenario;
  readonly #server: RoleProcess<ServerCalls>;
  readonly #relay: RoleProcess<RelayCalls>;
  readonly #signal: AbortSignal;
  #port = 0;

  constructor(transport: string, scenario: ResolvedScenario, pinning: Pinning | null, signal: AbortSignal) {
    this.#transport = transport;
    this.#scenario = scenario;
    this.#server = new RoleProcess('server', pinning?.server);
    this.#relay = new RoleProcess('relay', pinning?.clients);
    this.#signal = signal;
    signal.addEventListener('abort', this.end);
    if (signal.aborted) void this.end();
  }

  /** Resolves when a client can come. */
  async ready(): Promise<void> {
    const { port } = await this.#server.ask('start', aloneStart(this.#transport, this.#scenario));
    const { ports } = await this.#relay.ask('start', {
      targets: [{ host: LOOPBACK, port }],
      link: this.#scenario,
      seed: this.#scenario.seed,
      looksIn: false,
      tapBytes: Number.POSITIVE_INFINITY,
    });
    this.#port = ports[0] ?? 0;
  }

  get url(): URL {
    return new URL(`http://${LOOPBACK}:${this.#port}/`);
  }

  /** The server says one message; answers how often it is to arrive. */
  async say(): Promise<number> {
    return (await this.#server.ask('burst', { count: 1 })).deliveries;
  }

  /** What crossed until now. */
  tapped(): Promise<readonly Tapped[]> {
    return this.#relay.ask('tapped', null);
  }

  /** How many bytes crossed until now. */
  async crossed(): Promise<number> {
    return (await this.tapped()).reduce((sum, { upBytes, downBytes }) => sum + upBytes + downBytes, 0);
  }

  readonly end = async (): Promise<void> => {
    this.#signal.removeEventListener('abort', this.end);
    await Promise.all([this.#relay.end(), this.#server.end()]);
  };
}
