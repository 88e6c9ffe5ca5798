import type { Agent } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ClientOptions } from '../../contracts.ts';
import { KEPT, makeAgent } from '../agent.ts';

/** One GET that waits and one POST beside it. */
const POLLING_SOCKETS = 2;

/** One client's own sockets: pooled with nobody else's, and all gone once it is cut. */
export class Line {
  readonly polling: Agent;
  /** Apart, because a browser never upgrades a connection that has served requests. */
  readonly websocket: Agent;
  readonly #open = new Set<Duplex>();
  #changed = () => {};
  #isCut = false;

  constructor(url: URL, options: ClientOptions) {
    const address = options.localAddress === undefined ? {} : { localAddress: options.localAddress };
    // What the library does where it is given no agent: a new connection for each request.
    const single = { ...address, keepAlive: false, maxCachedSessions: 0 };
    const pooled = { ...address, ...KEPT, maxSockets: POLLING_SOCKETS };
    const opened = (socket: Duplex) => this.#watch(socket);
    this.polling = makeAgent(url, options.socketioAgent === 'default' ? single : pooled, opened);
    this.websocket = makeAgent(url, single, opened);
    this.polling.on('free', () => this.#changed());
    // Takes back `request.reusedSocket`: where it is set and the connection breaks, the library's HTTP client
    // makes the request again but never ends it, and the client hangs until a ping is missed.
    const reuse = this.polling.reuseSocket.bind(this.polling);
    this.polling.reuseSocket = (socket, request) => {
      reuse(socket, request);
      request.reusedSocket = false;
    };
  }

  /** Waits until what was asked is answered and nothing is open but idle connections; not for ever. */
  async quiet(over: () => boolean, withinMs: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, withinMs);
      this.#changed = () => {
        if (!over() || this.#open.size > this.#idle()) return;
        clearTimeout(timer);
        resolve();
      };
      this.#changed();
    });
  }

  /** Breaks what is open, and whatever the library tries to open from now on. */
  cut(): void {
    this.#isCut = true;
    this.drop();
  }

  /** Breaks what is open: the library leaves requests without an answer behind, and the next would wait for their sockets. */
  drop(): void {
    for (const socket of this.#open) socket.destroy();
  }

  #idle(): number {
    return Object.values(this.polling.freeSockets).reduce((sum, sockets) => sum + (sockets?.length ?? 0), 0);
  }

  #watch(socket: Duplex): void {
    this.#open.add(socket);
    socket.once('close', () => {
      this.#open.delete(socket);
      this.#changed();
    });
    if (this.#isCut) socket.destroy();
  }
}
