/** Tells when nothing was heard for too long. To hear costs no more than to set a number: the timer looks at it when it is due. */
export class Silence {
  readonly #tooLong: (limitMs: number) => void;
  /** Infinite while nothing is expected. */
  #limitMs = Number.POSITIVE_INFINITY;
  #sinceMs = 0;
  #timer: NodeJS.Timeout | undefined;
  #timerDueMs = 0;

  constructor(tooLong: (limitMs: number) => void) {
    this.#tooLong = tooLong;
  }

  /** From now on something is expected, again and again, within so long. */
  expect(limitMs: number): void {
    this.#limitMs = limitMs;
    this.#sinceMs = performance.now();
    // A timer that is there and due before that looks again then.
    if (this.#timer === undefined || this.#timerDueMs > this.#sinceMs + limitMs) this.#wait(limitMs);
  }

  heard(): void {
    this.#sinceMs = performance.now();
  }

  /** Nothing is expected for now. */
  rest(): void {
    this.#limitMs = Number.POSITIVE_INFINITY;
  }

  /** Nothing is expected any longer; leaves no timer. */
  stop(): void {
    this.rest();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #wait(waitMs: number): void {
    clearTimeout(this.#timer);
    this.#timerDueMs = performance.now() + waitMs;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      // What came while this process was busy or stopped is read first.
      setImmediate(() => this.#look());
    }, waitMs);
  }

  #look(): void {
    const limitMs = this.#limitMs;
    if (limitMs === Number.POSITIVE_INFINITY) return;
    const restMs = this.#sinceMs + limitMs - performance.now();
    if (restMs > 0) {
      this.#wait(restMs);
    } else {
      this.rest();
      this.#tooLong(limitMs);
    }
  }
}
