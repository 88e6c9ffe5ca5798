import type { RelayCalls, Tapped } from '../instrument/link/protocol.ts';
import { NO_LINK } from '../instrument/link/way.ts';
import type { Pinning } from '../instrument/pinning.ts';
import { RoleProcess } from '../instrument/role-process.ts';
import { type ResolvedScenario, WAYS, type WayName } from '../measurements.ts';
import { aloneStart } from '../server/alone.ts';
import type { ServerCalls } from '../server/protocol.ts';

const LOOPBACK = '127.0.0.1';
/** More than any try moves. */
const TAP_BYTES = 256 << 10;

/** A server of each transport, and a relay for each way to all of them. */
export class Stage {
  readonly #names: readonly string[];
  readonly #scenario: ResolvedScenario;
  readonly #servers: readonly RoleProcess<ServerCalls>[];
  readonly #relays: readonly RoleProcess<RelayCalls>[];
  readonly #signal: AbortSignal;
  #ports: readonly (readonly number[])[] = [];

  constructor(
    names: readonly string[],
    scenario: ResolvedScenario,
    pinning: Pinning | null,
    signal: AbortSignal,
  ) {
    this.#names = names;
    this.#scenario = scenario;
    this.#servers = names.map(() => new RoleProcess('server', pinning?.server));
    this.#relays = WAYS.map(() => new RoleProcess('relay', pinning?.clients));
    this.#signal = signal;
    signal.addEventListener('abort', this.end);
    if (signal.aborted) void this.end();
  }

  /** Resolves when all servers can be reached all ways. */
  async ready(): Promise<void> {
    const ports = await Promise.all(this.#servers.map((server, index) => this.#start(server, index)));
    const targets = ports.map((port) => ({ host: LOOPBACK, port }));
    const start = { targets, link: NO_LINK, seed: 0, looksIn: true, tapBytes: TAP_BYTES };
    this.#ports = await Promise.all(
      this.#relays.map(async (relay, index) => {
        const near = await relay.ask('start', start);
        const fault = WAYS[index];
        if (fault !== undefined && fault !== 'plain') await relay.ask('fault', { fault, begins: true });
        return near.ports;
      }),
    );
  }

  url(way: WayName, server: string): URL {
    return new URL(`http://${LOOPBACK}:${this.#ports[WAYS.indexOf(way)]?.[this.#names.indexOf(server)]}/`);
  }

  /** The server sends so many messages to each of its clients. */
  async send(server: string, count: number): Promise<void> {
    await this.#servers[this.#names.indexOf(server)]?.ask('burst', { count });
  }

  /** What crossed one way to one server until now. */
  async crossed(way: WayName, server: string): Promise<Tapped[]> {
    const all = await this.#relays[WAYS.indexOf(way)]?.ask('tapped', null);
    return (all ?? []).filter(({ target }) => target === this.#names.indexOf(server));
  }

  readonly end = async (): Promise<void> => {
    this.#signal.removeEventListener('abort', this.end);
    await Promise.all([...this.#relays, ...this.#servers].map((child) => child.end()));
  };

  async #start(server: RoleProcess<ServerCalls>, index: number): Promise<number> {
    return (await server.ask('start', aloneStart(this.#names[index] ?? '', this.#scenario))).port;
  }
}
