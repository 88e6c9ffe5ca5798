import { isLinkFault, isLookingIn } from '../instrument/link/faults/names.ts';
import type { RelayCalls, Tapped } from '../instrument/link/protocol.ts';
import type { Pinning } from '../instrument/pinning.ts';
import { RoleProcess } from '../instrument/role-process.ts';
import type { ResolvedScenario } from '../measurements.ts';
import { aloneStart } from '../server/alone.ts';
import type { ServerCalls } from '../server/protocol.ts';
import type { TraceFault } from './faults.ts';

const LOOPBACK = '127.0.0.1';

/** One server, and a relay before it that writes down all that crosses. */
export class Stage {
  readonly #transport: string;
  readonly #scenario: ResolvedScenario;
  readonly #pinning: Pinning | null;
  readonly #relay: RoleProcess<RelayCalls>;
  readonly #signal: AbortSignal;
  #server: RoleProcess<ServerCalls>;
  /** The server's, and the relay's before it. */
  readonly #ports = { server: 0, relay: 0 };

  constructor(transport: string, scenario: ResolvedScenario, pinning: Pinning | null, signal: AbortSignal) {
    this.#transport = transport;
    this.#scenario = scenario;
    this.#pinning = pinning;
    this.#server = new RoleProcess('server', pinning?.server);
    this.#relay = new RoleProcess('relay', pinning?.clients);
    this.#signal = signal;
  }

  /** Resolves when a client can come; `fault` is what will be asked for. */
  async ready(fault: TraceFault | null): Promise<void> {
    const { port } = await this.#server.ask('start', aloneStart(this.#transport, this.#scenario));
    const { ports } = await this.#relay.ask('start', {
      targets: [{ host: LOOPBACK, port }],
      link: this.#scenario,
      seed: this.#scenario.seed,
      looksIn: fault !== null && isLookingIn(fault),
      tapBytes: Number.POSITIVE_INFINITY,
    });
    this.#ports.server = port;
    this.#ports.relay = ports[0] ?? 0;
  }

  get url(): URL {
    return new URL(`http://${LOOPBACK}:${this.#ports.relay}/`);
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

  /** Something goes wrong. */
  async strike(fault: TraceFault): Promise<void> {
    if (isLinkFault(fault)) {
      await this.#relay.ask('fault', { fault, begins: true });
      return;
    }
    if (fault === 'server-restart') await this.#server.ask('retire', null);
    await this.#server.end();
  }

  /** It is over: the way is free again, or another server has taken the place of the one that was. */
  async mend(fault: TraceFault): Promise<void> {
    if (isLinkFault(fault)) {
      await this.#relay.ask('fault', { fault, begins: false });
      return;
    }
    this.#signal.throwIfAborted();
    this.#server = new RoleProcess('server', this.#pinning?.server);
    await this.#server.ask('start', aloneStart(this.#transport, this.#scenario, this.#ports.server));
  }

  async end(): Promise<void> {
    await Promise.all([this.#relay.end(), this.#server.end()]);
  }
}
