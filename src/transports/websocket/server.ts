import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Attach } from '../../contracts.ts';
import { Deadlines } from '../deadlines.ts';
import { messageOf, PATH } from './frame.ts';
import { Member, type Rooms } from './member.ts';

/** How long a client may take to answer a closing handshake. */
const CLOSE_TIMEOUT_MS = 1_000;

/** Serves `app` over WebSocket on the given http.Server. */
export const attach: Attach = (http, app, options) => {
  const rooms: Rooms = new Map();
  const members = new Set<Member>();
  let opened = 0;
  const settings = {
    noServer: true,
    path: PATH,
    perMessageDeflate: false,
    maxPayload: options.maxMessageBytes,
    closeTimeout: CLOSE_TIMEOUT_MS,
  };
  const server = new WebSocketServer(settings);

  const accept = (socket: WebSocket, wire: Duplex) => {
    const member = new Member(String(++opened), { socket, wire }, rooms, options.maxBufferBytes);
    members.add(member);
    wire.on('drain', () => app.freed?.(member));
    socket.on('message', (data, isBinary) => app.received(member, messageOf(data, isBinary)));
    socket.on('pong', () => {
      member.isAsked = false;
      unanswered.forget(member);
    });
    // A broken frame or a lost connection: 'close' follows and says why.
    socket.on('error', (error) => member.closing(error.message));
    socket.on('close', (code) => {
      members.delete(member);
      unanswered.forget(member);
      member.leaveAll();
      app.closed(member, member.why ?? `closed by the client (${code})`);
    });
    app.opened(member);
  };
  const upgrade = (request: IncomingMessage, wire: Duplex, head: Buffer) =>
    server.handleUpgrade(request, wire, head, (socket) => accept(socket, wire));

  const unanswered = new Deadlines<Member>(options.heartbeatTimeoutMs, (member) =>
    member.drop(`no answer to a ping for ${options.heartbeatTimeoutMs} ms`),
  );
  const heartbeat = setInterval(() => {
    for (const member of members) {
      member.socket.ping();
      if (!member.isAsked) unanswered.touch(member);
      member.isAsked = true;
    }
  }, options.heartbeatMs);
  http.on('upgrade', upgrade).on('request', refuse);

  return {
    publish(room, message) {
      const present = rooms.get(room);
      if (present === undefined) return;
      const text = typeof message === 'string';
      const bytes = text ? Buffer.from(message) : message;
      for (const member of present) member.write(bytes, !text);
    },
    async close() {
      clearInterval(heartbeat);
      unanswered.stop();
      http.off('upgrade', upgrade).off('request', refuse);
      for (const { socket } of members) socket.close(1001, 'the server is closing');
      server.close();
      await once(server, 'close');
    },
  };
};

function refuse(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(426, { connection: 'Upgrade', upgrade: 'websocket' }).end();
}
