const NOTHING = Buffer.alloc(0);
const LEAST_BYTES = 1 << 10;

/** What has come of something whose end is still to come; holds no more than it may. */
export class Kept {
  readonly #mostBytes: number;
  #bytes = NOTHING;
  #length = 0;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** Copies a part to the end of what is there; throws where that becomes too much. */
  add(part: Buffer, start: number, end: number): void {
    const length = this.#length + end - start;
    if (length > this.#mostBytes)
      throw new Error(`more than ${this.#mostBytes} bytes where an end was to come`);
    if (length > this.#bytes.length) {
      // Doubled each time, or what comes byte by byte would be copied again and again.
      const grown = Buffer.allocUnsafeSlow(Math.max(length, 2 * this.#length, LEAST_BYTES));
      this.#bytes.copy(grown, 0, 0, this.#length);
      this.#bytes = grown;
    }
    part.copy(this.#bytes, this.#length, start, end);
    this.#length = length;
  }

  /** Gives it away. */
  take(): Buffer {
    const whole = this.#bytes.subarray(0, this.#length);
    this.#bytes = NOTHING;
    this.#length = 0;
    return whole;
  }

  endsWith(tail: string): boolean {
    return this.#bytes.toString('latin1', Math.max(0, this.#length - tail.length), this.#length) === tail;
  }
}
