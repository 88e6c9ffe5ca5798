import { Kept } from '../client/kept.ts';
import { type Framing, type Head, MOST_HEAD_BYTES, readHead } from './head.ts';

const LF = 10;
const CR = 13;
const SEMICOLON = 59;
const ZERO = 48;
const NINE = 57;
const LOWER_A = 97;
const LOWER_CASE = 32;
const MAX_SIZE = 2 ** 32;
/** Most bytes of a chunk's size with its extension, and of all that follows the last chunk. */
const MOST_FRAMING_BYTES = 16 << 10;

/** What is told of one answer, as it comes. Parts are lent, and lie in `bytes` from `start` to `end`: whoever keeps one copies it. */
export interface Parts {
  head(head: Head): void;
  data(bytes: Buffer, start: number, end: number): void;
  /** The answer is complete; `closing` when the server will not take another request on this socket. */
  complete(closing: boolean): void;
  /** Called instead of the three above wherever the body came in one piece, together with its head's end. */
  whole(head: Head, bytes: Buffer, start: number, end: number): void;
}

type State = 'head' | 'body' | 'until-close' | 'size' | 'extension' | 'chunk' | 'chunk-end' | 'trailer';

const STATES: Readonly<Record<Framing, State>> = {
  length: 'body',
  chunked: 'size',
  'until-close': 'until-close',
};

/**
 * Reads HTTP/1.1 answers off one socket. `node:http` reads them too, at three times the CPU for each
 * message, and the load generator must stay cheaper than the server it loads.
 */
export class Reader {
  readonly #parts: Parts;
  #state: State = 'head';
  /** A head's beginning. */
  #begun: Kept | undefined;
  /** Of all the heads that have come for this answer: before its own there may be others. */
  #headBytes = 0;
  /** Bytes that are still to come of this body or chunk. */
  #left = 0;
  #closing = false;
  #lineBytes = 0;
  #framingBytes = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Reads what came; throws where it is no HTTP. */
  feed(bytes: Buffer): void {
    let at = 0;
    while (at < bytes.length) {
      switch (this.#state) {
        case 'head':
          at = this.#readHead(bytes, at);
          break;
        case 'body':
        case 'chunk':
          at = this.#readData(bytes, at);
          break;
        case 'until-close':
          this.#parts.data(bytes, at, bytes.length);
          return;
        default:
          this.#readFraming(bytes[at++] ?? 0);
      }
    }
  }

  /** The server ended the connection: an answer without a length is complete by that. */
  end(): boolean {
    if (this.#state !== 'until-close') return false;
    this.#state = 'head';
    this.#parts.complete(true);
    return true;
  }

  #readHead(bytes: Buffer, at: number): number {
    const begun = this.#begun;
    if (begun !== undefined) return this.#readRest(begun, bytes, at);
    const head = readHead(bytes, at);
    if (head !== undefined) return this.#begin(head, bytes, at + head.bytes);
    this.#begun = new Kept(MOST_HEAD_BYTES);
    this.#begun.add(bytes, at, bytes.length);
    return bytes.length;
  }

  /** A head that was cut is joined line by line: what follows it is not its own. */
  #readRest(begun: Kept, bytes: Buffer, at: number): number {
    const lf = bytes.indexOf(LF, at);
    const end = lf < 0 ? bytes.length : lf + 1;
    begun.add(bytes, at, end);
    if (!begun.endsWith('\r\n\r\n')) return end;
    this.#begun = undefined;
    const head = readHead(begun.take(), 0);
    return head === undefined ? end : this.#begin(head, bytes, end);
  }

  #begin(head: Head, bytes: Buffer, at: number): number {
    this.#headBytes += head.bytes;
    if (this.#headBytes > MOST_HEAD_BYTES) throw new Error('an answer whose head does not end');
    if (head.status < 200) return at;
    this.#headBytes = 0;
    const end = at + head.length;
    if (head.framing === 'length' && end <= bytes.length) {
      this.#parts.whole(head, bytes, at, end);
      return end;
    }
    this.#closing = head.closing;
    this.#left = head.length;
    this.#framingBytes = 0;
    this.#lineBytes = 0;
    this.#state = STATES[head.framing];
    this.#parts.head(head);
    return at;
  }

  #readData(bytes: Buffer, at: number): number {
    const end = Math.min(bytes.length, at + this.#left);
    this.#left -= end - at;
    if (this.#state === 'body') {
      this.#parts.data(bytes, at, end);
      if (this.#left === 0) this.#finish();
    } else {
      if (this.#left === 0) this.#state = 'chunk-end';
      this.#parts.data(bytes, at, end);
    }
    return end;
  }

  #readFraming(byte: number): void {
    if (++this.#framingBytes > MOST_FRAMING_BYTES) throw new Error('a chunk whose size does not end');
    if (this.#state === 'chunk-end') {
      if (byte === LF) this.#state = 'size';
      else if (byte !== CR) throw new Error('a chunk that is longer than its size');
    } else if (this.#state === 'trailer') {
      if (byte === LF && this.#lineBytes === 0) this.#finish();
      else if (byte !== CR) this.#lineBytes = byte === LF ? 0 : this.#lineBytes + 1;
    } else if (byte === LF) {
      this.#endSize();
    } else if (byte === SEMICOLON) {
      this.#state = 'extension';
    } else if (byte !== CR && this.#state === 'size') {
      this.#lineBytes++;
      this.#left = this.#left * 16 + hexDigit(byte);
      if (!(this.#left < MAX_SIZE)) throw new Error('a chunk without a size');
    }
  }

  #endSize(): void {
    if (this.#lineBytes === 0) throw new Error('a chunk without a size');
    this.#state = this.#left === 0 ? 'trailer' : 'chunk';
    this.#lineBytes = 0;
    if (this.#left > 0) this.#framingBytes = 0;
  }

  #finish(): void {
    this.#state = 'head';
    this.#parts.complete(this.#closing);
  }
}

/** NaN for what is no digit. */
function hexDigit(byte: number): number {
  const digit = byte <= NINE ? byte - ZERO : (byte | LOWER_CASE) - LOWER_A + 10;
  return digit >= 0 && digit < 16 ? digit : Number.NaN;
}
