/** What is due longer than that is not made up for: the machine slept. */
const MOST_LATE_MS = 1000;

/** Beats at a steady rate: a beat that is late moves no other, and the rate may change at any time. */
export class Pace {
  readonly #beat: () => void;
  #periodMs = Number.POSITIVE_INFINITY;
  #dueMs = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(beat: () => void) {
    this.#beat = beat;
  }

  /** 0 for no beats. */
  set(perSecond: number): void {
    const periodMs = 1000 / perSecond;
    if (periodMs === this.#periodMs) return;
    const nowMs = performance.now();
    const lastMs = Number.isFinite(this.#periodMs) ? this.#dueMs - this.#periodMs : nowMs;
    this.#periodMs = periodMs;
    this.#dueMs = Math.max(nowMs, lastMs + periodMs);
    this.#wait();
  }

  stop(): void {
    this.set(0);
  }

  #wait(): void {
    clearTimeout(this.#timer);
    if (!Number.isFinite(this.#periodMs)) return;
    this.#timer = setTimeout(() => this.#catchUp(), Math.max(0, this.#dueMs - performance.now()));
  }

  #catchUp(): void {
    const nowMs = performance.now();
    this.#dueMs = Math.max(this.#dueMs, nowMs - MOST_LATE_MS);
    while (this.#dueMs <= nowMs) {
      this.#dueMs += this.#periodMs;
      this.#beat();
    }
    this.#wait();
  }
}
