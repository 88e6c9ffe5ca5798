import type { Socket } from 'node:net';
import type { ClientOptions, Message } from '../../../contracts.ts';
import { openSocket } from '../../lean/socket.ts';
import { Silence } from '../../silence.ts';
import type { Asker, Line, OpenLine } from '../client/line.ts';
import { BINARY_TYPE, TEXT_TYPE } from '../protocol.ts';
import type { Head } from './head.ts';
import { type Manner, mannerOf } from './manner.ts';
import { type Parts, Reader } from './reader.ts';

interface Exchange {
  /** A string where all of it is ASCII. */
  readonly request: string | Buffer;
  readonly asker: Asker;
  /** How long the server may be silent before it has answered. */
  readonly silentMs: number;
}

/** A line that reads and writes its socket itself. */
export const openLeanLine: OpenLine = (url, options) => new LeanLine(url, options);

class LeanLine implements Line, Parts {
  readonly #url: URL;
  readonly #options: ClientOptions;
  readonly #manner: Manner;
  readonly #silence = new Silence((limitMs) => this.#giveUp(limitMs));
  /** How many sockets are not closed yet; at most one of them is in use. */
  #open = 0;
  #noneOpen: (() => void) | undefined;
  #closed: Promise<void> | undefined;
  #waiting: Exchange[] | undefined;
  #socket: Socket | undefined;
  #current: Exchange | undefined;
  /** The request went out on a socket that had served before, and none of its answer came. */
  #repeatable = false;

  constructor(url: URL, options: ClientOptions) {
    this.#url = url;
    this.#options = options;
    this.#manner = mannerOf(url, options);
  }

  get(
    path: string,
    asker: Asker,
    { headers = '', silentMs }: { readonly headers?: string; readonly silentMs?: number } = {},
  ): void {
    const { base, common } = this.#manner;
    this.#ask(`GET ${base}${path}${common}${headers}\r\n`, asker, silentMs);
  }

  delete(path: string, asker: Asker): void {
    const { base, common } = this.#manner;
    this.#ask(`DELETE ${base}${path}${common}\r\n`, asker);
  }

  post(path: string, message: Message, asker: Asker): void {
    const { base, common } = this.#manner;
    const text = typeof message === 'string';
    const bytes = text ? Buffer.byteLength(message) : message.byteLength;
    const type = text ? TEXT_TYPE : BINARY_TYPE;
    const head = `POST ${base}${path}${common}Content-Type: ${type}\r\nContent-Length: ${bytes}\r\n\r\n`;
    this.#ask(text ? Buffer.from(head + message) : Buffer.concat([Buffer.from(head), message]), asker);
  }

  allow(silentMs: number): void {
    this.#silence.expect(silentMs);
  }

  abort(): void {
    this.#current = undefined;
    this.#waiting = undefined;
    this.#socket?.destroy();
    this.#socket = undefined;
    this.#silence.stop();
  }

  close(): Promise<void> {
    this.#closed ??= new Promise((resolve) => {
      this.abort();
      this.#noneOpen = resolve;
      if (this.#open === 0) resolve();
    });
    return this.#closed;
  }

  head({ status, type }: Head): void {
    this.#repeatable = false;
    this.#asker.head(status, type);
  }

  data(bytes: Buffer, start: number, end: number): void {
    this.#asker.data(bytes, start, end);
  }

  complete(closing: boolean): void {
    const asker = this.#asker;
    this.#goOn(closing);
    asker.end();
  }

  whole(head: Head, bytes: Buffer, start: number, end: number): void {
    const asker = this.#asker;
    if (asker.answered === undefined) {
      this.head(head);
      if (start < end) this.data(bytes, start, end);
      this.complete(head.closing);
    } else {
      this.#goOn(head.closing);
      asker.answered(head.status, head.type, bytes, start, end);
    }
  }

  #ask(request: string | Buffer, asker: Asker, silentMs = this.#options.heartbeatTimeoutMs): void {
    if (this.#closed !== undefined) return;
    const exchange = { request, asker, silentMs };
    if (this.#current === undefined) {
      this.#start(exchange);
    } else {
      this.#waiting ??= [];
      this.#waiting.push(exchange);
    }
  }

  #start(exchange: Exchange): void {
    this.#current = exchange;
    this.#repeatable = this.#socket !== undefined;
    this.#socket ??= this.#connect();
    if (typeof exchange.request === 'string') this.#socket.write(exchange.request, 'latin1');
    else this.#socket.write(exchange.request);
    this.#silence.expect(exchange.silentMs);
  }

  /** An answer is complete, or failed: the next request, if there is one. */
  #goOn(closing: boolean): void {
    this.#current = undefined;
    if (closing) {
      this.#socket?.destroy();
      this.#socket = undefined;
    }
    const next = this.#waiting?.shift();
    if (next === undefined) this.#silence.rest();
    else this.#start(next);
  }

  #connect(): Socket {
    const reader = new Reader(this);
    const socket = openSocket(this.#url, this.#options, (bytes) => {
      if (socket !== this.#socket) return;
      this.#silence.heard();
      try {
        reader.feed(bytes);
      } catch (error) {
        socket.destroy(error instanceof Error ? error : new Error(String(error)));
      }
    });
    this.#open += 1;
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
      this.#open -= 1;
      if (socket === this.#socket) this.#lost(failure ?? new Error('the connection was closed'));
      if (this.#open === 0) this.#noneOpen?.();
    });
  }

  get #asker(): Asker {
    if (this.#current === undefined) throw new Error('an answer to no request');
    return this.#current.asker;
  }

  #giveUp(limitMs: number): void {
    this.#repeatable = false;
    this.#socket?.destroy(new Error(`the server was silent for ${limitMs} ms`));
  }

  #lost(error: Error): void {
    const exchange = this.#current;
    this.#socket = undefined;
    if (exchange === undefined) return;
    // A server may end an idle connection just as it is used again: that is no failure yet.
    if (this.#repeatable) {
      this.#start(exchange);
      exchange.asker.broken?.(error);
    } else {
      this.#goOn(false);
      exchange.asker.failed(error);
    }
  }
}
