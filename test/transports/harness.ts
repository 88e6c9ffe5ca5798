import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type {
  App,
  ClientOptions,
  Connection,
  Message,
  Peer,
  ServerSide,
  Transport,
  TransportOptions,
} from '../../src/contracts.ts';
import { makeCertificate } from '../../src/instrument/certificate.ts';

/** What every test of a transport starts from. */
export const TEST_OPTIONS: TransportOptions = {
  pollIntervalMs: 20,
  holdMs: 2_000,
  longpollBatch: true,
  heartbeatMs: 25_000,
  heartbeatTimeoutMs: 20_000,
  recovery: false,
  socketioAgent: 'keep-alive',
  headers: 'minimal',
  maxBufferBytes: 8 << 20,
  maxMessageBytes: 2 << 20,
  logMessages: 10_000,
  logBytes: 64 << 20,
};

/** An application that notes what it sees. Every peer joins 'all' as it opens. */
export class Recorder implements App {
  readonly peers: Peer[] = [];
  readonly inbox: { readonly peer: Peer; readonly message: Message }[] = [];
  readonly ended: { readonly peer: Peer; readonly why: string }[] = [];
  answers = 0;

  opened(peer: Peer): void {
    this.peers.push(peer);
    peer.join('all');
  }

  received(peer: Peer, message: Message): void {
    this.inbox.push({ peer, message });
  }

  closed(peer: Peer, why: string): void {
    this.ended.push({ peer, why });
  }

  answered(): void {
    this.answers++;
  }

  /** What that peer sent, in the order it came. */
  from(peer: Peer): Message[] {
    return this.inbox.filter((entry) => entry.peer === peer).map((entry) => entry.message);
  }

  /** Why that peer was closed, once for each time the application was told. */
  endings(peer: Peer): string[] {
    return this.ended.filter((entry) => entry.peer === peer).map((entry) => entry.why);
  }
}

/** One connected client, the peer that the server sees in it, and what reached it. */
export interface TestClient {
  readonly connection: Connection;
  readonly peer: Peer;
  readonly inbox: Message[];
  readonly ended: string[];
  /** How its connection broke and came back by itself. */
  readonly turns: ('interrupted' | 'resumed' | 'renewed')[];
}

/** A transport on a real http.Server, with all that a test looks at. */
export class Host {
  readonly url: URL;
  readonly app: Recorder;
  readonly side: ServerSide;
  readonly options: TransportOptions;
  readonly http: Server;
  /** Sockets the server holds now; counted beneath TLS. */
  readonly sockets: ReadonlySet<Socket>;
  readonly #transport: Transport;
  readonly #ca: string | undefined;
  readonly #clients: TestClient[] = [];

  constructor(parts: {
    transport: Transport;
    http: Server;
    sockets: ReadonlySet<Socket>;
    side: ServerSide;
    app: Recorder;
    options: TransportOptions;
    url: URL;
    ca: string | undefined;
  }) {
    this.#transport = parts.transport;
    this.http = parts.http;
    this.sockets = parts.sockets;
    this.side = parts.side;
    this.app = parts.app;
    this.options = parts.options;
    this.url = parts.url;
    this.#ca = parts.ca;
  }

  /** Opens one client. One at a time: its peer is the next that the server opens. */
  async connect(options: Partial<ClientOptions> = {}, url = this.url): Promise<TestClient> {
    const index = this.app.peers.length;
    const inbox: Message[] = [];
    const ended: string[] = [];
    const turns: TestClient['turns'] = [];
    const open = await this.#transport.client();
    const connection = await open(
      url,
      {
        message: (message) => inbox.push(message),
        closed: (why) => ended.push(why),
        interrupted: () => turns.push('interrupted'),
        resumed: (whole) => turns.push(whole ? 'resumed' : 'renewed'),
      },
      clientOptions({ ...this.options, ...(this.#ca !== undefined && { ca: this.#ca }), ...options }),
    );
    const peer = this.app.peers[index];
    if (peer === undefined) throw new Error('connected, but the server opened no peer');
    const client = { connection, peer, inbox, ended, turns };
    this.#clients.push(client);
    return client;
  }

  /** Cuts every connection, as a broken network would. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  /** Ends the clients, the transport and the server, in the order a round does. */
  async close(): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.connection.close()));
    await this.side.close();
    await this.stop();
  }

  /** Ends only the http.Server, as whoever owns it does. */
  async stop(): Promise<void> {
    if (!this.http.listening) return;
    const closed = once(this.http, 'close');
    this.http.close();
    this.http.closeAllConnections();
    await closed;
  }
}

/** Serves a transport on a free port of 127.0.0.1, over TLS if asked. */
export async function serve(
  transport: Transport,
  overrides: Partial<TransportOptions> = {},
  { tls = false } = {},
): Promise<Host> {
  const options = { ...TEST_OPTIONS, ...overrides };
  const made = tls ? makeCertificate() : undefined;
  const settings = { noDelay: true, keepAliveTimeout: 75_000 };
  const http = made ? createSecureServer({ ...settings, ...made }) : createServer(settings);
  const sockets = new Set<Socket>();
  http.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  const app = new Recorder();
  const attach = await transport.server();
  const side = attach(http, app, options);
  const url = new URL(`${tls ? 'https' : 'http'}://127.0.0.1:${await listen(http)}/`);
  return new Host({ transport, http, sockets, side, app, options, url, ca: made?.cert });
}

/** What a client is given besides the options that all share. */
export function clientOptions(overrides: Partial<ClientOptions> = {}): ClientOptions {
  return { ...TEST_OPTIONS, random: () => 0.5, ...overrides };
}

/** Listens on a free port of 127.0.0.1 and tells which. */
export async function listen(server: {
  listen(port: number, host: string, done: () => void): unknown;
  address(): ReturnType<Server['address']>;
}): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');
  return address.port;
}

/** Waits until something holds; fails with what it was and where it stood. */
export async function until(
  what: string,
  holds: () => boolean,
  { timeoutMs = 15_000, now = () => '' }: { timeoutMs?: number; now?: () => unknown } = {},
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`Waited ${timeoutMs} ms in vain: ${what} ${now()}`);
    await wait(2);
  }
}

/** The bytes that one message costs on the server's sockets each way, over a hundred like it. */
export async function bytesPerMessage(host: Host, client: TestClient, message: Message) {
  const count = 100;
  const total = (way: 'bytesRead' | 'bytesWritten') =>
    [...host.sockets].reduce((sum, socket) => sum + socket[way], 0);
  const [upBefore, downBefore] = [total('bytesRead'), total('bytesWritten')];
  const wanted = { down: client.inbox.length + count, up: host.app.inbox.length + count };
  for (let index = 0; index < count; index++) {
    host.side.publish('all', message);
    client.connection.send(message);
  }
  await arrived(client.inbox, wanted.down);
  await arrived(host.app.inbox, wanted.up);
  return { down: (total('bytesWritten') - downBefore) / count, up: (total('bytesRead') - upBefore) / count };
}

/** Waits until an inbox holds that many messages. */
export function arrived(inbox: readonly unknown[], count: number): Promise<void> {
  return until(`${count} messages`, () => inbox.length >= count, { now: () => `(${inbox.length} came)` });
}
