/** So many comparisons are held against each other: clocks drift, and the best one must not stay for ever. */
const COMPARED = 15;

interface Comparison {
  readonly roundTripMs: number;
  readonly aheadMs: number;
}

/** The server's clock as this page knows it: the comparison with the shortest way there and back errs least. */
export class Clock {
  readonly #comparisons: Comparison[] = [];
  #aheadMs = 0;

  /** This page's own clock, in milliseconds since 1970. */
  static ownMs(): number {
    return performance.timeOrigin + performance.now();
  }

  /** The server answered `atMs` to what went off at `sentMs` and was back at `backMs` by our clock. */
  compare(sentMs: number, atMs: number, backMs: number): void {
    this.#comparisons.push({ roundTripMs: backMs - sentMs, aheadMs: atMs - (sentMs + backMs) / 2 });
    if (this.#comparisons.length > COMPARED) this.#comparisons.shift();
    const best = this.#comparisons.reduce((a, b) => (b.roundTripMs < a.roundTripMs ? b : a));
    this.#aheadMs = best.aheadMs;
  }

  /** How old something is that happened at `atMs` by the server's clock; clocks that disagree make nothing younger than now. */
  ageMs(atMs: number, nowMs: number): number {
    return Math.max(0, nowMs + this.#aheadMs - atMs);
  }
}
