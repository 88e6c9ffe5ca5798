import { Agent } from 'node:http';
import { Agent as SecureAgent } from 'node:https';
import type { Duplex } from 'node:stream';
import type { ClientOptions } from '../../contracts.ts';

/** One GET that waits and one POST beside it. */
const POLLING_SOCKETS = 2;

/** When TCP first asks whether an idle connection is alive: as Chrome has it, where Node asks each second. */
const PROBE_MS = 45_000;

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
    const pooled = { ...address, keepAlive: true, keepAliveMsecs: PROBE_MS, maxSockets: POLLING_SOCKETS };
    const makeAgent = url.protocol === 'https:' ? SecureAgent : Agent;
    this.polling = this.#watch(new makeAgent(options.socketioAgent === 'default' ? single : pooled));
    this.websocket = this.#watch(new makeAgent(single));
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

  #watch(agent: Agent): Agent {
    const create = agent.createConnection.bind(agent);
    agent.createConnection = (options, done) => {
      const socket = create(options, done);
      if (socket) {
        this.#open.add(socket);
        socket.once('close', () => {
          this.#open.delete(socket);
          this.#changed();
        });
        if (this.#isCut) socket.destroy();
      }
      return socket;
    };
    return agent;
  }
}
