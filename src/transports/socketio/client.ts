import { io, type Socket } from 'socket.io-client';
import type { ClientEvents, ClientOptions, Connect, Connection, Message } from '../../contracts.ts';
import { RtbenchError } from '../../errors.ts';
import { basePath } from '../base-path.ts';
import { browserHeaders } from '../browser.ts';
import { whenGivenUp } from '../giving-up.ts';
import { Line } from './line.ts';
import { type Carrier, EVENT, packetBytes } from './protocol.ts';

/** How long a server may take to answer a closing handshake. */
const CLOSE_TIMEOUT_MS = 1_000;

interface Events {
  [EVENT](message: Message, answered?: (reply: Message) => void): void;
}

/** Opens one client over the carriers named, in that order; resolves when it has its namespace. */
export function connectWith(carriers: Carrier[]): Connect {
  return (url, events, options) => {
    const line = new Line(url, options);
    const socket: Socket<Events, Events> = io(url.origin, {
      path: `${basePath(url)}/socket.io/`,
      forceNew: true,
      timeout: options.heartbeatTimeoutMs,
      transports: carriers,
      transportOptions: carrierOptions(url, options, line),
    });
    const manager = socket.io;
    let closing = false;

    async function close(): Promise<void> {
      closing = true;
      const { engine } = manager;
      socket.disconnect();
      await line.quiet(() => engine.readyState === 'closed', CLOSE_TIMEOUT_MS);
      line.cut();
    }

    async function cut(): Promise<void> {
      closing = true;
      socket.off(EVENT);
      manager.reconnection(false);
      line.cut();
      await line.quiet(() => true, CLOSE_TIMEOUT_MS);
    }

    socket.on(EVENT, (message) => events.message(message));
    socket.on('disconnect', (reason) => {
      if (closing) return;
      if (!socket.active) void close();
      tellBreak(socket, events, reason);
    });
    // By then a goodbye has arrived, if it ever does.
    manager.on('reconnect_attempt', () => line.drop());
    // A browser too lets go of idle connections; here they would outlive the run.
    manager.on('open', () => manager.engine.once('upgrade', () => line.polling.destroy()));

    return new Promise<Connection>((resolve, reject) => {
      const refuse = (error: Error) => {
        forget();
        void close();
        reject(
          new RtbenchError('connect', `Cannot connect to ${url} by socket.io: ${causeOf(error)}`, {
            cause: error,
          }),
        );
      };
      const forget = whenGivenUp(options.signal, refuse);
      socket.once('connect_error', refuse);
      socket.once('connect', () => {
        forget();
        socket.off('connect_error', refuse);
        socket.on('connect', () => tellReturn(socket, events));
        resolve({
          send: (message) => void socket.emit(EVENT, message),
          beside: (name, others) => openBeside(manager.socket(`/${name}`), others, cut),
          ask: (message) => void socket.emit(EVENT, message, (reply) => events.message(reply)),
          close,
          cut,
          get carrying() {
            return manager.engine.transport.name;
          },
        });
      });
    });
  };
}

/** A namespace on the client's own connection, which is cut with it. */
function openBeside(
  socket: Socket<Events, Events>,
  events: ClientEvents,
  cut: Connection['cut'],
): Promise<Connection> {
  let closing = false;
  socket.on(EVENT, (message) => events.message(message));
  socket.on('disconnect', (reason) => {
    if (!closing) tellBreak(socket, events, reason);
  });
  return new Promise((resolve, reject) => {
    socket.once('connect_error', (error) => {
      reject(new RtbenchError('connect', `Cannot open a namespace: ${error.message}`, { cause: error }));
    });
    socket.once('connect', () => {
      socket.on('connect', () => tellReturn(socket, events));
      resolve({
        send: (message) => void socket.emit(EVENT, message),
        async close() {
          closing = true;
          socket.disconnect();
        },
        cut,
        get carrying() {
          return socket.io.engine.transport.name;
        },
      });
    });
  });
}

/** Where the library goes on trying, the connection is not over. */
function tellBreak(socket: Socket<Events, Events>, events: ClientEvents, reason: string): void {
  if (socket.active) events.interrupted?.(reason);
  else events.closed(reason);
}

/** The library leaves it open, against its type, whether it was recovered where the server never does that. */
function tellReturn(socket: Socket<Events, Events>, events: ClientEvents): void {
  events.resumed?.(socket.recovered === true);
}

function carrierOptions(url: URL, options: ClientOptions, line: Line): Record<Carrier, object> {
  const trust = options.ca === undefined ? {} : { ca: options.ca };
  const headers = (kind: 'fetch' | 'websocket') =>
    options.headers === 'browser' ? { extraHeaders: browserHeaders(url, kind) } : {};
  return {
    polling: { agent: line.polling, ...trust, ...headers('fetch') },
    websocket: {
      agent: line.websocket,
      perMessageDeflate: false,
      maxPayload: packetBytes(options.maxMessageBytes),
      ...trust,
      ...headers('websocket'),
    },
  };
}

/** The library names the carrier that failed and hides why beside it. */
function causeOf(error: Error): string {
  if (!('description' in error)) return error.message;
  const { description } = error;
  if (typeof description === 'number') return `${error.message} (status ${description})`;
  if (typeof description === 'object' && description !== null && 'message' in description) {
    return `${error.message} (${description.message})`;
  }
  return error.message;
}
