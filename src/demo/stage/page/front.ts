import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http';
import type { Duplex } from 'node:stream';
import type { Asset } from './assets.ts';
import { listenFrom } from './listening.ts';
import { policyFor } from './policy.ts';

/** What is behind the page, once it is there. */
export interface Behind {
  /** Those of the page, by each name that this machine has; any other is a stranger's that leads here. */
  readonly origins: readonly string[];
  readonly relayPorts: readonly number[];
  /** Takes a request for `/control` from a page of ours. */
  readonly control: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

const LIMITS = { maxHeaderSize: 8192, headersTimeout: 10_000, requestTimeout: 10_000 };
const MOST_CONNECTIONS = 500;
const ALWAYS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

/** The server of the page: a few things to read, and `/control`. */
export class Front {
  readonly #assets: ReadonlyMap<string, Asset>;
  readonly #server: Server;
  #behind: Behind | null = null;

  constructor(assets: ReadonlyMap<string, Asset>) {
    this.#assets = assets;
    this.#server = createServer(LIMITS, (request, response) => this.#answer(request, response));
    this.#server.maxConnections = MOST_CONNECTIONS;
    this.#server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
  }

  /** Takes the port, or the next free one; answers with which. */
  listen(address: string, port: number): Promise<number> {
    return listenFrom(this.#server, address, port);
  }

  /** From here on it serves. */
  open(behind: Behind): void {
    this.#behind = behind;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const refusal = this.#refusal(request);
    const [path = ''] = (request.url ?? '').split('?', 1);
    const asset = this.#assets.get(path);
    if (refusal !== null) refuse(response, refusal);
    else if (asset === undefined) refuse(response, 404);
    else if (request.method !== 'GET' && request.method !== 'HEAD') refuse(response, 405);
    else this.#serve(request, response, asset);
  }

  #serve({ headers, method }: IncomingMessage, response: ServerResponse, { type, bytes }: Asset): void {
    response.writeHead(200, {
      ...ALWAYS,
      'Content-Type': type,
      'Content-Length': bytes.length,
      'Content-Security-Policy': policyFor(new URL(`http://${headers.host}`), this.#behind?.relayPorts ?? []),
    });
    response.end(method === 'GET' ? bytes : undefined);
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Node listens to it no longer.
    socket.on('error', () => undefined);
    const refusal = this.#refusal(request) ?? objectionTo(request);
    if (refusal === null) this.#behind?.control(request, socket, head);
    else turnAway(socket, refusal);
  }

  /** Why nothing at all is answered: it is too early, or the request came by a name that is not ours. */
  #refusal({ headers }: IncomingMessage): number | null {
    if (this.#behind === null) return 503;
    return this.#behind.origins.includes(`http://${headers.host}`) ? null : 403;
  }
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, {
    ...ALWAYS,
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
    // What else was sent is not read.
    Connection: 'close',
    ...(status === 405 ? { Allow: 'GET, HEAD' } : {}),
  });
  response.end(`${STATUS_CODES[status]}\n`);
}

/** Why there is no `/control` for this one; a request without an origin is no browser's. */
function objectionTo({ url, headers: { host, origin } }: IncomingMessage): number | null {
  if (origin !== undefined && origin !== `http://${host}`) return 403;
  return url === '/control' ? null : 404;
}

function turnAway(socket: Duplex, status: number): void {
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`;
  socket.end(head, () => socket.destroy());
}
