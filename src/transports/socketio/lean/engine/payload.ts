const SEPARATOR = 0x1e;
const NOTHING = Buffer.alloc(0);

/** Takes one packet of an answer. */
export type TakeRecord = (bytes: Buffer, start: number, end: number) => void;

/** Parts the body of a polling answer into its packets, as they come; keeps only what is not whole yet. */
export class Payload {
  readonly #take: TakeRecord;
  readonly #maxBytes: number;
  /** The beginning of a packet whose end has not come, in the buffer's first bytes. */
  #kept: Buffer = NOTHING;
  #keptBytes = 0;
  /** More of it, lent. */
  #lent: Buffer = NOTHING;
  #lentAt = 0;

  constructor(take: TakeRecord, maxBytes: number) {
    this.#take = take;
    this.#maxBytes = maxBytes;
  }

  /** Forgets what was begun. */
  begin(): void {
    this.#kept = NOTHING;
    this.#keptBytes = 0;
    this.#lent = NOTHING;
    this.#lentAt = 0;
  }

  feed(part: Buffer): void {
    this.keep();
    let at = 0;
    for (let end = part.indexOf(SEPARATOR); end >= 0; end = part.indexOf(SEPARATOR, at)) {
      this.#tell(part, at, end);
      at = end + 1;
    }
    this.#lent = part;
    this.#lentAt = at;
  }

  /** What was lent is about to be overwritten. */
  keep(): void {
    const bytes = this.#lent.length - this.#lentAt;
    if (bytes === 0) return;
    const needed = this.#keptBytes + bytes;
    if (needed > this.#maxBytes) throw new Error(`a packet of more than ${this.#maxBytes} bytes`);
    if (this.#kept.length < needed) {
      const roomier = Buffer.allocUnsafeSlow(this.#keptBytes === 0 ? needed : 2 * needed);
      this.#kept.copy(roomier, 0, 0, this.#keptBytes);
      this.#kept = roomier;
    }
    this.#lent.copy(this.#kept, this.#keptBytes, this.#lentAt);
    this.#keptBytes = needed;
    this.#lent = NOTHING;
    this.#lentAt = 0;
  }

  /** The body is complete: so is its last packet. */
  end(): void {
    const lent = this.#lent;
    const at = this.#lentAt;
    this.#lent = NOTHING;
    this.#lentAt = 0;
    this.#tell(lent, at, lent.length);
  }

  #tell(bytes: Buffer, start: number, end: number): void {
    if (this.#keptBytes === 0) {
      this.#take(bytes, start, end);
      return;
    }
    this.#lent = bytes.subarray(start, end);
    this.#lentAt = 0;
    this.keep();
    const kept = this.#kept;
    const length = this.#keptBytes;
    this.begin();
    this.#take(kept, 0, length);
  }
}
