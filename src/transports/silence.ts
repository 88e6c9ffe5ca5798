/** How often all are looked at, as a share of the shortest limit: a silence is told two steps late at most. */
const STEPS = 64;
const SHORTEST_STEP_MS = 2;

/** Tells when nothing was heard for too long. To hear costs no more than to set a flag: neither timer nor clock is its own. */
export class Silence {
  readonly #tooLong: (limitMs: number) => void;
  /** Infinite while nothing is expected. */
  #limitMs = Number.POSITIVE_INFINITY;
  #isHeard = false;
  /** When it was last seen that something had been heard. */
  #sinceMs = 0;

  constructor(tooLong: (limitMs: number) => void) {
    this.#tooLong = tooLong;
  }

  /** From now on something is expected, again and again, within so long. */
  expect(limitMs: number): void {
    this.#limitMs = limitMs;
    this.#isHeard = true;
    rounds.join(this, limitMs);
  }

  heard(): void {
    this.#isHeard = true;
  }

  /** Nothing is expected for now. */
  rest(): void {
    this.#limitMs = Number.POSITIVE_INFINITY;
  }

  /** Nothing is expected any longer; nobody looks at it again. */
  stop(): void {
    this.rest();
    rounds.leave(this);
  }

  /** What it was told since the last look counts from now: it cannot have been silent for longer. */
  look(nowMs: number): void {
    if (this.#isHeard) {
      this.#isHeard = false;
      this.#sinceMs = nowMs;
    } else if (nowMs - this.#sinceMs >= this.#limitMs) {
      const limitMs = this.#limitMs;
      this.stop();
      this.#tooLong(limitMs);
    }
  }
}

/** Looks at all silences of this process by turns, with one timer. */
class Rounds {
  readonly #all = new Set<Silence>();
  #stepMs = Number.POSITIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;

  join(silence: Silence, limitMs: number): void {
    this.#all.add(silence);
    const stepMs = Math.max(limitMs / STEPS, SHORTEST_STEP_MS);
    if (stepMs >= this.#stepMs) return;
    this.#stepMs = stepMs;
    clearInterval(this.#timer);
    // What came while this process was busy or stopped is read first.
    this.#timer = setInterval(() => setImmediate(() => this.#look()), stepMs);
  }

  leave(silence: Silence): void {
    this.#all.delete(silence);
    if (this.#all.size > 0) return;
    clearInterval(this.#timer);
    this.#stepMs = Number.POSITIVE_INFINITY;
  }

  #look(): void {
    const nowMs = performance.now();
    for (const silence of this.#all) silence.look(nowMs);
  }
}

const rounds = new Rounds();
