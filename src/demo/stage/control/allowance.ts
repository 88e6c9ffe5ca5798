/** How often something may be done: so often at once, and so often a second in the long run. */
export class Allowance {
  readonly #most: number;
  readonly #perSecond: number;
  #left: number;
  #atMs = performance.now();

  constructor(most: number, perSecond: number) {
    this.#most = most;
    this.#left = most;
    this.#perSecond = perSecond;
  }

  /** Whether it may be done once more. */
  take(): boolean {
    const nowMs = performance.now();
    this.#left = Math.min(this.#most, this.#left + ((nowMs - this.#atMs) / 1000) * this.#perSecond);
    this.#atMs = nowMs;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
