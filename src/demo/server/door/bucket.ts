/** Allows so many at once, and so many a second from then on. */
export class Bucket {
  readonly #most: number;
  readonly #perSecond: number;
  #left: number;
  #atMs = performance.now();

  constructor({ most, perSecond }: { readonly most: number; readonly perSecond: number }) {
    this.#most = most;
    this.#perSecond = perSecond;
    this.#left = most;
  }

  /** Takes one; false where none is left. */
  take(): boolean {
    const nowMs = performance.now();
    this.#left = Math.min(this.#most, this.#left + ((nowMs - this.#atMs) / 1000) * this.#perSecond);
    this.#atMs = nowMs;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
