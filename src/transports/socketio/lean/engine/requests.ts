import type { Socket } from 'node:net';
import type { Head } from '../../../http/lean/head.ts';
import { type Parts, Reader } from '../../../http/lean/reader.ts';
import { cacheBuster, type Heads, headsFor } from './heads.ts';
import type { Sockets } from './sockets.ts';

/** One GET that waits and one POST beside it. */
const MOST_SOCKETS = 2;
/** When TCP first asks whether an idle connection is alive: as Chrome has it. */
const PROBE_MS = 45_000;

/** What is told of a request's answer. */
export interface Asker {
  head(status: number): void;
  /** Lends a part of the body. */
  data(bytes: Buffer, start: number, end: number): void;
  end(): void;
  failed(error: Error): void;
}

interface Request {
  readonly text: string;
  readonly asker: Asker;
}

/** A client's polling requests, over two connections that are kept, or over one for each request. */
export class Requests {
  readonly sockets: Sockets;
  readonly keepsAlive: boolean;
  /** The session's, once it is known, as part of a query. */
  session = '';
  readonly #heads: Heads;
  /** The one used last is used next, as the library's HTTP client does. */
  readonly #idle: Channel[] = [];
  #open = 0;
  #waiting: Request[] | undefined;

  constructor(sockets: Sockets) {
    this.sockets = sockets;
    this.keepsAlive = sockets.options.socketioAgent !== 'default';
    this.#heads = headsFor(sockets.url, sockets.options);
  }

  get(asker: Asker): void {
    const { get, afterGet } = this.#heads;
    this.#ask(get + cacheBuster() + this.session + afterGet, asker);
  }

  post(body: string, asker: Asker): void {
    const { post, afterPost, end } = this.#heads;
    const length = Buffer.byteLength(body);
    this.#ask(post + cacheBuster() + this.session + afterPost + length + end + body, asker);
  }

  /** Lets go of idle connections. */
  release(): void {
    for (const channel of this.#idle) channel.destroy();
  }

  /** A connection can take another request. */
  freed(channel: Channel): void {
    const next = this.#waiting?.shift();
    if (next !== undefined) {
      channel.ask(next.text, next.asker);
    } else {
      this.#idle.push(channel);
      this.sockets.noteIdle(1);
    }
  }

  /** A connection will take no other request. */
  lost(channel: Channel): void {
    const place = this.#idle.indexOf(channel);
    if (place < 0) return;
    this.#idle.splice(place, 1);
    this.sockets.noteIdle(-1);
  }

  closed(channel: Channel): void {
    this.lost(channel);
    this.#open -= 1;
    const next = this.#waiting?.shift();
    if (next !== undefined) this.#ask(next.text, next.asker);
  }

  #ask(text: string, asker: Asker): void {
    const idle = this.#idle.pop();
    if (idle !== undefined) {
      this.sockets.noteIdle(-1);
      idle.ask(text, asker);
    } else if (this.keepsAlive && this.#open === MOST_SOCKETS) {
      this.#waiting ??= [];
      this.#waiting.push({ text, asker });
    } else {
      this.#open += 1;
      new Channel(this).ask(text, asker);
    }
  }
}

/** One connection: one request after the other. */
class Channel implements Parts {
  readonly #requests: Requests;
  readonly #socket: Socket;
  #asker: Asker | undefined;

  constructor(requests: Requests) {
    this.#requests = requests;
    const reader = new Reader(this);
    this.#socket = requests.sockets.open(
      (bytes) => reader.feed(bytes),
      (error) => this.#closed(error),
    );
    if (requests.keepsAlive) this.#socket.setKeepAlive(true, PROBE_MS);
    this.#socket.on('end', () => {
      // A request that is written from now on would be lost.
      if (!reader.end() && this.#asker === undefined) requests.lost(this);
    });
  }

  ask(text: string, asker: Asker): void {
    this.#asker = asker;
    this.#socket.write(text);
  }

  destroy(): void {
    this.#socket.destroy();
  }

  head({ status }: Head): void {
    if (this.#asker === undefined) throw new Error('an answer to no request');
    this.#asker.head(status);
  }

  data(bytes: Buffer, start: number, end: number): void {
    this.#asker?.data(bytes, start, end);
  }

  whole(head: Head, bytes: Buffer, start: number, end: number): void {
    this.head(head);
    this.data(bytes, start, end);
    this.complete(head.closing);
  }

  complete(closing: boolean): void {
    const asker = this.#asker;
    this.#asker = undefined;
    if (closing || !this.#requests.keepsAlive) this.#socket.destroySoon();
    else this.#requests.freed(this);
    asker?.end();
  }

  #closed(error: Error): void {
    const asker = this.#asker;
    this.#asker = undefined;
    this.#requests.closed(this);
    asker?.failed(error);
  }
}
