import { WebSocket } from 'ws';
import type { ClientOptions, Connect, Connection } from '../../contracts.ts';
import { RtbenchError } from '../../errors.ts';
import { browserHeaders } from '../browser.ts';
import { messageOf, PATH } from './frame.ts';

/** How long a server may take to accept, and to answer a closing handshake. */
const HANDSHAKE_TIMEOUT_MS = 20_000;
const CLOSE_TIMEOUT_MS = 1_000;

/** Opens one WebSocket; resolves when the upgrade is done. */
export const connect: Connect = (url, events, options) => {
  const target = new URL(PATH, url);
  target.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new WebSocket(target, socketOptions(url, options));
  socket.on('message', (data, isBinary) => events.message(messageOf(data, isBinary)));

  return new Promise<Connection>((resolve, reject) => {
    let open = false;
    let closing = false;
    let failure: Error | undefined;
    socket.on('error', (error) => {
      failure = error;
      if (!open)
        reject(
          new RtbenchError('connect', `Cannot connect to ${target}: ${error.message}`, { cause: error }),
        );
    });
    socket.on('close', (code, reason) => {
      if (open && !closing) events.closed(failure?.message ?? `closed (${code}) ${reason}`.trimEnd());
    });
    socket.on('open', () => {
      open = true;
      resolve({
        carrying: 'websocket',
        send: (message) => socket.send(message),
        async close() {
          closing = true;
          if (socket.readyState === WebSocket.CLOSED) return;
          const closed = new Promise((settle) => socket.once('close', settle));
          socket.close();
          await closed;
        },
        async cut() {
          closing = true;
          socket.removeAllListeners('message');
          if (socket.readyState === WebSocket.CLOSED) return;
          const closed = new Promise((settle) => socket.once('close', settle));
          socket.terminate();
          await closed;
        },
      });
    });
  });
};

function socketOptions(url: URL, options: ClientOptions) {
  return {
    perMessageDeflate: false,
    maxPayload: options.maxMessageBytes,
    handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
    closeTimeout: CLOSE_TIMEOUT_MS,
    ...(options.localAddress !== undefined && { localAddress: options.localAddress }),
    ...(options.ca !== undefined && { ca: options.ca }),
    ...(options.headers === 'browser' && { headers: browserHeaders(url, 'websocket') }),
  };
}
