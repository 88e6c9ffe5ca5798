/** What follows a head: so many bytes, chunks, or whatever comes until the connection ends. */
export type Body = number | 'chunks' | 'rest';

type State = 'head' | 'body' | 'rest' | 'size' | 'chunk' | 'chunk-end' | 'trailer';

const HEAD_END = '\r\n\r\n';
const MAX_HEAD_BYTES = 64 << 10;
const LF = 10;
const CR = 13;
const [CAPITAL_A, CAPITAL_Z] = [65, 90];

/** Finds where heads and bodies end in one direction of HTTP/1.1; what it cannot understand is the rest. */
export class Scanner {
  readonly #read: (head: string) => Body;
  #state: State = 'head';
  /** Bytes that are still to come of this body or chunk. */
  #left = 0;
  #size = '';
  #lineIsEmpty = true;

  /** `read` is given each head, and says what follows it. */
  constructor(read: (head: string) => Body) {
    this.#read = read;
  }

  get isInChunks(): boolean {
    return !['head', 'body', 'rest'].includes(this.#state);
  }

  get isBetween(): boolean {
    return this.#state === 'head';
  }

  /** Where the head or the body's part that begins at `at` ends: at `at` itself where a head is not whole yet. */
  step(bytes: Buffer, at: number): number {
    if (this.#state === 'head') return this.#readHead(bytes, at);
    if (this.#state === 'rest') return bytes.length;
    if (this.#state === 'body') {
      const end = this.#skip(bytes, at);
      if (this.#left === 0) this.#state = 'head';
      return end;
    }
    let place = at;
    while (place < bytes.length && this.isInChunks) place = this.#readChunks(bytes, place);
    return place;
  }

  #readHead(bytes: Buffer, at: number): number {
    const first = bytes[at] ?? 0;
    const end = first < CAPITAL_A || first > CAPITAL_Z ? -1 : bytes.indexOf(HEAD_END, at);
    if (end >= 0) {
      this.#begin(this.#read(bytes.toString('latin1', at, end + HEAD_END.length)));
      return end + HEAD_END.length;
    }
    const mayBeHttp = first >= CAPITAL_A && first <= CAPITAL_Z && bytes.length - at <= MAX_HEAD_BYTES;
    if (mayBeHttp) return at;
    this.#state = 'rest';
    return bytes.length;
  }

  #begin(body: Body): void {
    this.#left = typeof body === 'number' ? body : 0;
    this.#size = '';
    if (body === 'chunks') this.#state = 'size';
    else if (body === 'rest') this.#state = 'rest';
    else this.#state = body === 0 ? 'head' : 'body';
  }

  #skip(bytes: Buffer, at: number): number {
    const end = Math.min(bytes.length, at + this.#left);
    this.#left -= end - at;
    return end;
  }

  #readChunks(bytes: Buffer, at: number): number {
    if (this.#state === 'chunk') {
      const end = this.#skip(bytes, at);
      if (this.#left === 0) this.#state = 'chunk-end';
      return end;
    }
    this.#readFraming(bytes[at] ?? 0);
    return at + 1;
  }

  #readFraming(byte: number): void {
    if (this.#state === 'trailer') {
      if (byte === LF && this.#lineIsEmpty) this.#state = 'head';
      else if (byte !== CR) this.#lineIsEmpty = byte === LF;
    } else if (byte !== LF) {
      // A size that never ends is no size.
      if (this.#state === 'size' && byte !== CR && this.#size.length < 16)
        this.#size += String.fromCharCode(byte);
    } else if (this.#state === 'chunk-end') {
      this.#state = 'size';
      this.#size = '';
    } else {
      this.#endSize(Number.parseInt(this.#size, 16));
    }
  }

  #endSize(size: number): void {
    this.#left = size;
    this.#lineIsEmpty = true;
    if (!Number.isSafeInteger(size)) this.#state = 'rest';
    else this.#state = size === 0 ? 'trailer' : 'chunk';
  }
}
