const SHORTEST_MS = 250;
const LONGEST_MS = 4_000;

/** How long to wait before trying again: doubles each time, spread at random so that clients do not return as one. */
export class Backoff {
  #stepMs = SHORTEST_MS;

  nextMs(): number {
    const waitMs = this.#stepMs * (0.5 + Math.random());
    this.#stepMs = Math.min(this.#stepMs * 2, LONGEST_MS);
    return waitMs;
  }

  /** It worked: the next failure begins anew. */
  reset(): void {
    this.#stepMs = SHORTEST_MS;
  }
}
