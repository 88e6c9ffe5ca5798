const SEPARATOR = 0x1e;
const MESSAGE = 52;
const BASE64 = 98;
const NOTHING = Buffer.alloc(0);

/** The body of a polling answer: packets, and what parts them. */
export class Payload {
  readonly #maxBytes: number;
  #bytes: Buffer = NOTHING;
  #length = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Copies a part that is lent. */
  add(part: Buffer, start: number, end: number): void {
    const needed = this.#length + end - start;
    if (needed > this.#maxBytes) throw new Error(`an answer of more than ${this.#maxBytes} bytes`);
    if (this.#bytes.length < needed) {
      // Most answers come at once, and are short: room for them is cut off a larger piece.
      const roomier = this.#length === 0 ? Buffer.allocUnsafe(needed) : Buffer.allocUnsafeSlow(2 * needed);
      this.#bytes.copy(roomier, 0, 0, this.#length);
      this.#bytes = roomier;
    }
    part.copy(this.#bytes, this.#length, start, end);
    this.#length = needed;
  }

  /** Gives what came away, and begins anew. */
  take(): Buffer {
    const bytes = this.#bytes.length === this.#length ? this.#bytes : this.#bytes.subarray(0, this.#length);
    this.#bytes = NOTHING;
    this.#length = 0;
    return bytes;
  }
}

/** Tells each packet of a payload. */
export function eachPacket(payload: Buffer, tell: (bytes: Buffer, start: number, end: number) => void): void {
  let start = 0;
  for (let end = payload.indexOf(SEPARATOR); end >= 0; end = payload.indexOf(SEPARATOR, start)) {
    tell(payload, start, end);
    start = end + 1;
  }
  tell(payload, start, payload.length);
}

/** Whether all its packets are messages. */
export function hasOnlyMessages(payload: Buffer): boolean {
  let start = 0;
  do {
    const type = payload[start];
    if (type !== MESSAGE && type !== BASE64) return false;
    start = payload.indexOf(SEPARATOR, start) + 1;
  } while (start > 0);
  return true;
}
