import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { Server, type Socket } from 'socket.io';
import { type ServerOptions, WebSocketServer } from 'ws';
import type { Attach, SocketioAdapter } from '../../contracts.ts';
import { SILENCE_MS } from '../http/server/sessions.ts';
import { Absent } from './absent.ts';
import { Member } from './member.ts';
import {
  type Carrier,
  EVENT,
  type Incoming,
  isAnswer,
  isMessage,
  type Outgoing,
  packetBytes,
} from './protocol.ts';

/** How long a client may take to answer a closing handshake. */
const CLOSE_TIMEOUT_MS = 1_000;
/** Namespaces that a client may open beside the first: by number. */
const FURTHER_NAMESPACE = /^\/\d{1,3}$/;
/** How often the clients' unsent bytes are looked at. */
const SWEEP_MS = 250;

/** Serves `app` by socket.io on the given http.Server, over the carriers named; the adapter reaches the clients of other servers. */
export function attachWith(carriers: Carrier[], adapter?: SocketioAdapter): Attach {
  return (http, app, options) => {
    const members = new Set<Member>();
    const { heartbeatMs, heartbeatTimeoutMs, recovery } = options;
    // The library counts from the last message too, which may be older than the break by as long as that goes unnoticed.
    const maxDisconnectionDuration = SILENCE_MS + heartbeatMs + heartbeatTimeoutMs;
    const absent = new Absent(maxDisconnectionDuration, (member, why) => app.closed(member, why));
    const io = new Server<Incoming, Outgoing>({
      ...(adapter !== undefined && { adapter }),
      transports: carriers,
      perMessageDeflate: false,
      httpCompression: false,
      serveClient: false,
      maxHttpBufferSize: packetBytes(options.maxMessageBytes),
      pingInterval: heartbeatMs,
      pingTimeout: heartbeatTimeoutMs,
      ...(recovery && { connectionStateRecovery: { maxDisconnectionDuration } }),
      wsEngine: PromptWebSocketServer,
    });
    // The library passes on what is not its own to those who listened before it.
    http.on('request', notFound);
    io.attach(http);

    const accept = (socket: Socket<Incoming, Outgoing>) => {
      const returned = socket.recovered ? absent.back(socket.id) : undefined;
      const member = returned ?? new Member(socket);
      member.socket = socket;
      members.add(member);
      if (app.freed !== undefined) tellWhenFree(member, app.freed);
      socket.on(EVENT, (message, answer) => {
        if (!isMessage(message)) member.drop('sent what is no message');
        else if (Buffer.byteLength(message) > options.maxMessageBytes)
          member.drop('sent too large a message');
        else app.received(member, message, isAnswer(answer) ? answer : undefined);
      });
      socket.on('disconnect', (reason) => {
        members.delete(member);
        if (!recovery || !absent.awaits(member, reason)) app.closed(member, member.why ?? reason);
      });
      if (returned === undefined) app.opened(member);
      else if (!member.isBusy) app.freed?.(member);
    };
    const namespaces = new Set([io.sockets]);
    // Whoever is in a room may be away and come back for what is said there, or at another server.
    const isForOthers = recovery || adapter !== undefined;
    io.on('connection', accept).on('new_namespace', (namespace) => namespaces.add(namespace));
    io.of(FURTHER_NAMESPACE).on('connection', accept);

    const sweep = setInterval(() => {
      for (const member of members) member.hold(options.maxBufferBytes);
    }, SWEEP_MS);

    return {
      publish(room, message) {
        for (const namespace of namespaces) {
          if (isForOthers || namespace.adapter.rooms.has(room)) namespace.to(room).emit(EVENT, message);
        }
      },
      async close() {
        clearInterval(sweep);
        const gone = Array.from(members, ({ socket }) => once(socket.conn, 'close'));
        for (const member of members) member.why ??= 'the server is closing';
        for (const member of absent.stop()) app.closed(member, 'the server is closing');
        // Not io.close(): that would close the http.Server, which is not ours. Nor io.disconnectSockets(): clients that are told to go do not come back when there is a server again.
        io.engine.close();
        await Promise.race([Promise.all(gone), wait(CLOSE_TIMEOUT_MS, undefined, { ref: false })]);
        http.off('request', notFound);
      },
    };
  };
}

/** engine.io tells of each batch that it has given to the kernel, or of each request that it may answer. */
function tellWhenFree(member: Member, freed: (member: Member) => void): void {
  const { conn } = member.socket;
  const ready = () => {
    if (!member.isBusy) freed(member);
  };
  conn.transport.on('ready', ready);
  conn.on('upgrade', (transport: typeof conn.transport) => transport.on('ready', ready));
}

/** engine.io's WebSockets, which do not wait half a minute for a client that has gone. */
class PromptWebSocketServer extends WebSocketServer {
  constructor(options: ServerOptions) {
    const settings = { ...options, closeTimeout: CLOSE_TIMEOUT_MS };
    super(settings);
  }
}

function notFound(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(404).end();
}
