import type { DemoState } from '../../../demo-talk.ts';
import type { LinkFault } from '../../../instrument/link/faults/names.ts';
import type { RelayCalls } from '../../../instrument/link/protocol.ts';
import { NO_LINK } from '../../../instrument/link/way.ts';
import { RoleProcess } from '../../../instrument/role-process.ts';
import type { Carried } from '../counts.ts';

const LOOPBACK = '127.0.0.1';

/** What stands between browsers and the servers: a relay with a port for each of theirs, which may be the same one. */
export class Network {
  readonly #relay = new RoleProcess<RelayCalls>('relay', undefined);
  readonly #failed: (why: Error) => void;
  #isOver = false;
  /** The relay's port for each that it stands before. */
  ports: readonly number[] = [];
  #state: DemoState['network'] = { isCut: false, isWebSocketBlocked: false };

  /** `failed` is called if the relay ends by itself. */
  constructor(failed: (why: Error) => void) {
    this.#failed = failed;
  }

  get state(): DemoState['network'] {
    return this.#state;
  }

  /** Listens on `host`, with a port for each of the servers'. */
  async begin(host: string, serverPorts: readonly number[], rttMs: number): Promise<void> {
    const targets = serverPorts.map((port) => ({ host: LOOPBACK, port }));
    const link = { ...NO_LINK, rttMs };
    const relay = this.#relay;
    const near = await relay.ask('start', { host, targets, link, seed: 0, looksIn: true, tapBytes: 0 });
    this.ports = near.ports;
    relay.over.then((how) => {
      if (!this.#isOver) this.#failed(new Error(`the relay: ${relay.lastWords || how}`));
    });
  }

  async setDistance(rttMs: number): Promise<void> {
    await this.#relay.ask('change', { ...NO_LINK, rttMs });
  }

  async cut(isCut: boolean): Promise<void> {
    await this.#fault('link-cut', isCut);
    this.#state = { ...this.#state, isCut };
  }

  /** WebSockets that are there go too. */
  async blockWebSocket(isWebSocketBlocked: boolean): Promise<void> {
    await this.#fault('upgrade-403', isWebSocketBlocked);
    this.#state = { ...this.#state, isWebSocketBlocked };
  }

  /** What crossed until now, for each port. */
  async crossed(): Promise<readonly Carried[]> {
    const all = await this.#relay.ask('crossed', null);
    return all.map(({ opened, bytesUp, bytesDown }) => ({ bytesUp, bytesDown, connections: opened }));
  }

  async end(): Promise<void> {
    this.#isOver = true;
    await this.#relay.end();
  }

  async #fault(fault: LinkFault, begins: boolean): Promise<void> {
    await this.#relay.ask('fault', { fault, begins });
  }
}
