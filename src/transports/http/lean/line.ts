import type { Socket } from 'node:net';
import type { ClientOptions, Message } from '../../../contracts.ts';
import { basePath } from '../../base-path.ts';
import { browserHeaders } from '../../browser.ts';
import { openSocket } from '../../lean/socket.ts';
import { Silence } from '../../silence.ts';
import type { Asker, Line, OpenLine } from '../client/line.ts';
import { BINARY_TYPE, TEXT_TYPE } from '../protocol.ts';
import { Reader } from './reader.ts';

interface Exchange {
  readonly request: string | Buffer;
  readonly asker: Asker;
  /** How long the server may be silent before it has answered. */
  readonly silentMs: number;
}

/** A line that reads and writes its socket itself. */
export const openLeanLine: OpenLine = (url, options) => new LeanLine(url, options);

class LeanLine implements Line {
  readonly #url: URL;
  readonly #options: ClientOptions;
  readonly #base: string;
  readonly #common: string;
  /** All that are not closed yet; at most one of them is in use. */
  readonly #sockets = new Set<Socket>();
  readonly #waiting: Exchange[] = [];
  readonly #silence = new Silence((limitMs) => this.#giveUp(limitMs));
  #socket: Socket | undefined;
  #current: Exchange | undefined;
  /** The request went out on a socket that had served before, and none of its answer came. */
  #repeatable = false;
  #closed = false;

  constructor(url: URL, options: ClientOptions) {
    this.#url = url;
    this.#options = options;
    this.#base = basePath(url);
    let common = ` HTTP/1.1\r\nHost: ${url.host}\r\nConnection: keep-alive\r\n`;
    if (options.headers === 'browser') {
      for (const [name, value] of Object.entries(browserHeaders(url, 'fetch')))
        common += `${name}: ${value}\r\n`;
    }
    this.#common = common;
  }

  get(
    path: string,
    asker: Asker,
    { headers = '', silentMs }: { readonly headers?: string; readonly silentMs?: number } = {},
  ): void {
    this.#ask(`GET ${this.#base}${path}${this.#common}${headers}\r\n`, asker, silentMs);
  }

  delete(path: string, asker: Asker): void {
    this.#ask(`DELETE ${this.#base}${path}${this.#common}\r\n`, asker);
  }

  post(path: string, message: Message, asker: Asker): void {
    const text = typeof message === 'string';
    const bytes = text ? Buffer.byteLength(message) : message.byteLength;
    const type = text ? TEXT_TYPE : BINARY_TYPE;
    const head = `POST ${this.#base}${path}${this.#common}Content-Type: ${type}\r\nContent-Length: ${bytes}\r\n\r\n`;
    this.#ask(text ? head + message : Buffer.concat([Buffer.from(head), message]), asker);
  }

  allow(silentMs: number): void {
    this.#silence.expect(silentMs);
  }

  abort(): void {
    this.#current = undefined;
    this.#waiting.length = 0;
    this.#socket?.destroy();
    this.#socket = undefined;
    this.#silence.stop();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.abort();
    const closed = (socket: Socket) => new Promise((resolve) => socket.once('close', resolve));
    await Promise.all([...this.#sockets].map(closed));
  }

  #ask(request: string | Buffer, asker: Asker, silentMs = this.#options.heartbeatTimeoutMs): void {
    const exchange = { request, asker, silentMs };
    if (this.#closed) return;
    if (this.#current === undefined) this.#start(exchange);
    else this.#waiting.push(exchange);
  }

  #start(exchange: Exchange): void {
    this.#current = exchange;
    this.#repeatable = this.#socket !== undefined;
    this.#socket ??= this.#open();
    this.#socket.write(exchange.request);
    this.#silence.expect(exchange.silentMs);
  }

  #startNext(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#silence.rest();
    else this.#start(next);
  }

  #open(): Socket {
    const reader = new Reader({
      head: (status, type) => {
        this.#repeatable = false;
        this.#asker.head(status, type);
      },
      data: (part) => this.#asker.data(part),
      complete: (closing) => this.#complete(closing),
    });
    const socket = openSocket(this.#url, this.#options, (bytes) => {
      if (socket !== this.#socket) return;
      this.#silence.heard();
      try {
        reader.feed(bytes);
      } catch (error) {
        socket.destroy(error instanceof Error ? error : new Error(String(error)));
      }
    });
    this.#sockets.add(socket);
    this.#watch(socket, reader);
    return socket;
  }

  #watch(socket: Socket, reader: Reader): void {
    let failure: Error | undefined;
    socket.on('end', () => {
      // Let go of at once: a request written from now on would be lost.
      if (socket === this.#socket && !reader.end() && this.#current === undefined) this.#socket = undefined;
    });
    socket.on('error', (error) => {
      failure = error;
    });
    socket.on('close', () => {
      this.#sockets.delete(socket);
      if (socket === this.#socket) this.#lost(failure ?? new Error('the connection was closed'));
    });
  }

  get #asker(): Asker {
    if (this.#current === undefined) throw new Error('an answer to no request');
    return this.#current.asker;
  }

  #complete(closing: boolean): void {
    const asker = this.#asker;
    this.#current = undefined;
    if (closing) {
      this.#socket?.destroy();
      this.#socket = undefined;
    }
    this.#startNext();
    asker.end();
  }

  #giveUp(limitMs: number): void {
    this.#repeatable = false;
    this.#socket?.destroy(new Error(`the server was silent for ${limitMs} ms`));
  }

  #lost(error: Error): void {
    const exchange = this.#current;
    this.#socket = undefined;
    this.#current = undefined;
    if (exchange === undefined) return;
    // A server may end an idle connection just as it is used again: that is no failure yet.
    if (this.#repeatable) {
      this.#start(exchange);
      exchange.asker.broken?.(error);
    } else {
      this.#startNext();
      exchange.asker.failed(error);
    }
  }
}
