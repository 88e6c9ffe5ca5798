const HEAD_END = '\r\n\r\n';
const MAX_HEAD_BYTES = 64 << 10;
const LF = 10;
const CR = 13;
const SEMICOLON = 59;
const ZERO = 48;
const NINE = 57;
const LOWER_A = 97;
const LOWER_CASE = 32;
const MAX_SIZE = 2 ** 32;

/** What is told of one answer, as it comes. Parts are lent: whoever keeps one copies it. */
export interface Parts {
  head(status: number, type: string): void;
  data(part: Buffer): void;
  /** The answer is complete; `closing` when the server will not take another request on this socket. */
  complete(closing: boolean): void;
}

type State = 'head' | 'body' | 'until-close' | 'size' | 'extension' | 'chunk' | 'chunk-end' | 'trailer';

/**
 * Reads HTTP/1.1 answers off one socket. `node:http` reads them too, at three times the CPU for each
 * message, and the load generator must stay cheaper than the server it loads.
 */
export class Reader {
  readonly #parts: Parts;
  #state: State = 'head';
  #head: Buffer | undefined;
  /** Bytes that are still to come of this body or chunk. */
  #left = 0;
  #closing = false;
  #lineBytes = 0;

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
          this.#parts.data(bytes.subarray(at));
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
    const before = this.#head?.length ?? 0;
    const all = this.#head ? Buffer.concat([this.#head, bytes.subarray(at)]) : bytes.subarray(at);
    const end = all.indexOf(HEAD_END);
    if (end < 0) {
      if (all.length > MAX_HEAD_BYTES) throw new Error('an answer whose head does not end');
      this.#head = Buffer.from(all);
      return bytes.length;
    }
    this.#head = undefined;
    this.#begin(all.toString('latin1', 0, end));
    return at + end + HEAD_END.length - before;
  }

  #begin(head: string): void {
    const status = /^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1];
    if (status === undefined) throw new Error('an answer that is no HTTP');
    if (status.startsWith('1')) return;
    const length = /\r\nContent-Length: *(\d+)/i.exec(head)?.[1];
    const bare = status === '204' || status === '304';
    const chunked = !bare && /\r\nTransfer-Encoding: *chunked/i.test(head);
    this.#closing = /\r\nConnection: *close/i.test(head);
    this.#left = length === undefined || bare ? 0 : Number(length);
    this.#state = chunked ? 'size' : bare || length !== undefined ? 'body' : 'until-close';
    this.#parts.head(Number(status), /\r\nContent-Type: *([^\r]*)/i.exec(head)?.[1] ?? '');
    if (this.#state === 'body' && this.#left === 0) this.#finish();
  }

  #readData(bytes: Buffer, at: number): number {
    const end = Math.min(bytes.length, at + this.#left);
    this.#left -= end - at;
    const part = at === 0 && end === bytes.length ? bytes : bytes.subarray(at, end);
    if (this.#state === 'body') {
      this.#parts.data(part);
      if (this.#left === 0) this.#finish();
    } else {
      if (this.#left === 0) this.#state = 'chunk-end';
      this.#parts.data(part);
    }
    return end;
  }

  #readFraming(byte: number): void {
    if (this.#state === 'chunk-end') {
      if (byte === LF) this.#state = 'size';
    } else if (this.#state === 'trailer') {
      if (byte === LF && this.#lineBytes === 0) this.#finish();
      else if (byte !== CR) this.#lineBytes = byte === LF ? 0 : this.#lineBytes + 1;
    } else if (byte === LF) {
      this.#state = this.#left === 0 ? 'trailer' : 'chunk';
      this.#lineBytes = 0;
    } else if (byte === SEMICOLON) {
      this.#state = 'extension';
    } else if (byte !== CR && this.#state === 'size') {
      this.#left = this.#left * 16 + hexDigit(byte);
      if (!(this.#left < MAX_SIZE)) throw new Error('a chunk without a size');
    }
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
