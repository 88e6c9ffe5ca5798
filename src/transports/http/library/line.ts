import type { OutgoingHttpHeaders, RequestOptions } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ClientOptions, Message } from '../../../contracts.ts';
import { KEPT, makeAgent } from '../../agent.ts';
import { basePath } from '../../base-path.ts';
import { browserHeaders } from '../../browser.ts';
import { Silence } from '../../silence.ts';
import type { Asker, Line, OpenLine } from '../client/line.ts';
import { BINARY_TYPE, TEXT_TYPE } from '../protocol.ts';
import { Attempt, type Order } from './attempt.ts';

interface Exchange extends Order {
  /** How long the server may be silent before it has answered. */
  readonly silentMs: number;
}

interface More {
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: Message;
  readonly silentMs?: number | undefined;
}

/** A line by `node:http`, with a keep-alive agent of its own. */
export const openLibraryLine: OpenLine = (url, options) => new LibraryLine(url, options);

class LibraryLine implements Line {
  readonly #options: ClientOptions;
  readonly #base: string;
  readonly #server: RequestOptions;
  readonly #headers: OutgoingHttpHeaders;
  /** All that are not closed yet; at most one of them is in use. */
  readonly #sockets = new Set<Duplex>();
  readonly #waiting: Exchange[] = [];
  readonly #silence = new Silence((limitMs) =>
    this.#attempt?.fail(new Error(`the server was silent for ${limitMs} ms`)),
  );
  #attempt: Attempt | undefined;
  #closed = false;

  constructor(url: URL, options: ClientOptions) {
    this.#options = options;
    this.#base = basePath(url);
    const { localAddress, ca } = options;
    const settings = {
      ...KEPT,
      // As the other clients: each connection shakes hands in full.
      maxCachedSessions: 0,
      ...(localAddress !== undefined && { localAddress }),
      ...(ca !== undefined && { ca }),
    };
    const agent = makeAgent(url, settings, (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    const { protocol, hostname, port, host } = url;
    this.#server = { agent, protocol, host: hostname.replace(/^\[|\]$/g, ''), port };
    const browser = options.headers === 'browser' ? browserHeaders(url, 'fetch') : {};
    this.#headers = { Host: host, Connection: 'keep-alive', ...browser };
  }

  get(
    path: string,
    asker: Asker,
    { headers = '', silentMs }: { readonly headers?: string; readonly silentMs?: number } = {},
  ): void {
    this.#ask('GET', path, asker, { headers: fieldsOf(headers), silentMs });
  }

  delete(path: string, asker: Asker): void {
    this.#ask('DELETE', path, asker);
  }

  post(path: string, message: Message, asker: Asker): void {
    const text = typeof message === 'string';
    const headers = {
      'Content-Type': text ? TEXT_TYPE : BINARY_TYPE,
      'Content-Length': text ? Buffer.byteLength(message) : message.byteLength,
    };
    this.#ask('POST', path, asker, { headers, body: message });
  }

  allow(silentMs: number): void {
    this.#silence.expect(silentMs);
  }

  abort(): void {
    this.#attempt?.giveUp();
    this.#attempt = undefined;
    this.#waiting.length = 0;
    for (const socket of this.#sockets) socket.destroy();
    this.#silence.stop();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.abort();
    const closed = (socket: Duplex) => new Promise((resolve) => socket.once('close', resolve));
    await Promise.all([...this.#sockets].map(closed));
  }

  #ask(method: string, path: string, asker: Asker, { headers, body = '', silentMs }: More = {}): void {
    if (this.#closed) return;
    const exchange = {
      options: {
        ...this.#server,
        method,
        path: this.#base + path,
        headers: { ...this.#headers, ...headers },
      },
      body,
      asker,
      silentMs: silentMs ?? this.#options.heartbeatTimeoutMs,
    };
    if (this.#attempt === undefined) this.#start(exchange);
    else this.#waiting.push(exchange);
  }

  #start(exchange: Exchange): void {
    this.#silence.expect(exchange.silentMs);
    const attempt = new Attempt(exchange, {
      heard: () => this.#silence.heard(),
      over: () => this.#settle(exchange, attempt),
    });
    this.#attempt = attempt;
  }

  #settle(exchange: Exchange, { failure, isWorthRepeating }: Attempt): void {
    this.#attempt = undefined;
    if (failure !== undefined && isWorthRepeating) {
      this.#start(exchange);
      exchange.asker.broken?.(failure);
    } else {
      this.#startNext();
      if (failure !== undefined) exchange.asker.failed(failure);
    }
  }

  #startNext(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#silence.rest();
    else this.#start(next);
  }
}

/** Header lines as the fields that they hold. */
function fieldsOf(lines: string): OutgoingHttpHeaders {
  const fields = [...lines.matchAll(/^([^:]+): (.*)\r$/gm)];
  return Object.fromEntries(fields.map(([, name = '', value = '']) => [name, value]));
}
