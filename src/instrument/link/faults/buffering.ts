/** How much a proxy that buffers keeps back. */
const MOST_BYTES = 8192;

/** Keeps parts of an answer back until there are enough of them. */
export class Buffering {
  readonly #pass: (bytes: Buffer) => void;
  #parts: Buffer[] = [];
  #bytes = 0;

  constructor(pass: (bytes: Buffer) => void) {
    this.#pass = pass;
  }

  keep(bytes: Buffer): void {
    this.#parts.push(bytes);
    this.#bytes += bytes.length;
    if (this.#bytes >= MOST_BYTES) this.release();
  }

  release(): void {
    if (this.#bytes === 0) return;
    const all = Buffer.concat(this.#parts);
    this.#parts = [];
    this.#bytes = 0;
    this.#pass(all);
  }
}
