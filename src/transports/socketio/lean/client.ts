import type { ClientEvents, Connect, Connection, Message } from '../../../contracts.ts';
import { RtbenchError } from '../../../errors.ts';
import { whenGivenUp } from '../../giving-up.ts';
import type { Carrier } from '../protocol.ts';
import { Sockets } from './engine/sockets.ts';
import type { Namespace } from './namespace.ts';
import { Session } from './session.ts';

/** Opens one client over the carriers named, in that order; resolves when it has its namespace. */
export function connectWith(carriers: readonly Carrier[]): Connect {
  return (url, events, options) =>
    new Promise<Connection>((resolve, reject) => {
      const session = new Session(new Sockets(url, options), carriers);
      const refused = (error: Error) => {
        settle();
        void session.close();
        const message = `Cannot connect to ${url} by socket.io: ${error.message}`;
        reject(new RtbenchError('connect', message, { cause: error }));
      };
      const joined = () => {
        settle();
        resolve(client);
      };
      const forget = whenGivenUp(options.signal, refused);
      // Not the library's: it waits as long as a server that lets nobody join says that it is alive.
      const limitMs = options.heartbeatMs + options.heartbeatTimeoutMs;
      const timer = setTimeout(() => refused(new Error(`nobody could join for ${limitMs} ms`)), limitMs);
      const settle = () => {
        forget();
        clearTimeout(timer);
      };
      const client = new Client(session, session.join('/', events, { joined, refused }));
    });
}

/** A client with its first namespace. */
class Client implements Connection {
  readonly #session: Session;
  readonly #first: Namespace;

  constructor(session: Session, first: Namespace) {
    this.#session = session;
    this.#first = first;
  }

  send(message: Message): void {
    this.#first.send(message);
  }

  ask(message: Message): void {
    this.#first.ask(message);
  }

  beside(name: string, events: ClientEvents): Promise<Connection> {
    const session = this.#session;
    return new Promise((resolve, reject) => {
      const namespace = session.join(`/${name}`, events, {
        joined: () => resolve(new Beside(session, namespace)),
        refused: (error) => {
          const message = `Cannot open a namespace: ${error.message}`;
          reject(new RtbenchError('connect', message, { cause: error }));
        },
      });
    });
  }

  async close(): Promise<void> {
    this.#first.leave();
    await this.#session.close();
  }

  cut(): Promise<void> {
    return this.#session.cut();
  }

  get carrying(): string {
    return this.#session.carrying;
  }
}

/** A namespace beside it, over the same sockets. */
class Beside implements Connection {
  readonly #session: Session;
  readonly #namespace: Namespace;

  constructor(session: Session, namespace: Namespace) {
    this.#session = session;
    this.#namespace = namespace;
  }

  send(message: Message): void {
    this.#namespace.send(message);
  }

  async close(): Promise<void> {
    this.#namespace.leave();
  }

  cut(): Promise<void> {
    return this.#session.cut();
  }

  get carrying(): string {
    return this.#session.carrying;
  }
}
