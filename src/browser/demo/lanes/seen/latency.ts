/** Seconds of history. */
export const SECONDS = 60;
/** More of one second tell nothing new. */
const MOST_A_SECOND = 256;

/** How late messages came, second by second: the middle of each. */
export class Latency {
  /** The middle of each of the last seconds, the newest last; null where nothing came. */
  readonly history: (number | null)[] = [];
  #second = 0;
  #samples: number[] = [];
  #latest: number | null = null;

  take(latencyMs: number, nowMs: number): void {
    this.turn(nowMs);
    if (this.#samples.length < MOST_A_SECOND) this.#samples.push(latencyMs);
  }

  /** Closes the seconds that are over. */
  turn(nowMs: number): void {
    const second = Math.floor(nowMs / 1000);
    const passed = this.#second === 0 ? 0 : Math.min(second - this.#second, SECONDS + 1);
    for (let turn = 0; turn < passed; turn++) {
      this.history.push(middleOf(this.#samples));
      this.#latest = middleOf(this.#samples) ?? this.#latest;
      this.#samples = [];
    }
    if (this.history.length > SECONDS) this.history.splice(0, this.history.length - SECONDS);
    this.#second = second;
  }

  /** The middle of the newest messages; null before the first. */
  get nowMs(): number | null {
    return middleOf(this.#samples) ?? this.#latest;
  }

  /** The middle of the last minute's seconds. */
  get minuteMs(): number | null {
    return middleOf(this.history.filter((value) => value !== null));
  }
}

function middleOf(values: readonly number[]): number | null {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? null;
}
