const SHORTEST_MS = 1_000;
const LONGEST_MS = 5_000;
const FACTOR = 2;
const SPREAD = 0.5;

/** How long the library waits before it connects again: longer each time, spread at random. */
export class LibraryBackoff {
  readonly #random: () => number;
  #attempts = 0;

  constructor(random: () => number) {
    this.#random = random;
  }

  nextMs(): number {
    const stepMs = SHORTEST_MS * FACTOR ** this.#attempts++;
    const random = this.#random();
    const deviationMs = Math.floor(random * SPREAD * stepMs);
    // The same draw decides how far and which way, as in the library.
    const isLonger = (Math.floor(random * 10) & 1) === 1;
    return Math.min(isLonger ? stepMs + deviationMs : stepMs - deviationMs, LONGEST_MS);
  }

  /** It worked: the next failure begins anew. */
  reset(): void {
    this.#attempts = 0;
  }
}
