import { WebSocket } from 'ws';
import type { ClientOptions, Connect, Connection } from '../../contracts.ts';
import { RtbenchError } from '../../errors.ts';
import { basePath } from '../base-path.ts';
import { browserHeaders } from '../browser.ts';
import { whenGivenUp } from '../giving-up.ts';
import { Silence } from '../silence.ts';
import { messageOf, PATH } from './frame.ts';

/** How long a server may take to answer a closing handshake. */
const CLOSE_TIMEOUT_MS = 1_000;

/** Opens one WebSocket; resolves when the upgrade is done. */
export const connect: Connect = (url, events, options) => {
  const target = new URL(basePath(url) + PATH, url);
  target.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new WebSocket(target, socketOptions(url, options));
  let failure: Error | undefined;
  const silence = new Silence((limitMs) => {
    failure = new Error(`the server was silent for ${limitMs} ms`);
    socket.terminate();
  });
  // Not before the library reads: what came with the upgrade would be gone.
  socket.on('upgrade', ({ socket: wire }) => {
    socket.once('open', () => wire.on('data', () => silence.heard()));
  });
  socket.on('message', (data, isBinary) => events.message(messageOf(data, isBinary)));

  return new Promise<Connection>((resolve, reject) => {
    let open = false;
    let closing = false;
    const forget = whenGivenUp(options.signal, () => socket.terminate());
    socket.on('error', (error) => {
      failure = error;
      if (!open)
        reject(
          new RtbenchError('connect', `Cannot connect to ${target}: ${error.message}`, { cause: error }),
        );
    });
    socket.on('close', (code, reason) => {
      forget();
      silence.stop();
      if (open && !closing) events.closed(failure?.message ?? `closed (${code}) ${reason}`.trimEnd());
    });
    socket.on('open', () => {
      open = true;
      forget();
      silence.expect(options.heartbeatMs + options.heartbeatTimeoutMs);
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
    handshakeTimeout: options.heartbeatTimeoutMs,
    closeTimeout: CLOSE_TIMEOUT_MS,
    ...(options.localAddress !== undefined && { localAddress: options.localAddress }),
    ...(options.ca !== undefined && { ca: options.ca }),
    ...(options.headers === 'browser' && { headers: browserHeaders(url, 'websocket') }),
  };
}
