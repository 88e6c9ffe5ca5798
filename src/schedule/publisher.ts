import { sinceUs } from '../instrument/clock.ts';
import { quantileOf } from '../stats/quantile.ts';
import { halfOf, phaseOf, type Timeline } from '../timeline.ts';

/** Messages that were said, and for how many clients in all. */
export interface SaidCount {
  readonly published: number;
  readonly expected: number;
  /** Of the deliveries, how many were never sent because a newer message took their place. */
  readonly conflated: number;
}

type Counting = { -readonly [Key in keyof SaidCount]: number };

/** What a schedule came to in the window, and how late. */
export interface Said extends SaidCount {
  /** What each phase came to; empty where there are none. */
  readonly phases: readonly SaidCount[];
  readonly slipP50Ms: number;
  readonly slipP90Ms: number;
  readonly slipP99Ms: number;
}

/** Where nothing is said. */
export const NOTHING_SAID: Said = {
  published: 0,
  expected: 0,
  conflated: 0,
  phases: [],
  slipP50Ms: 0,
  slipP90Ms: 0,
  slipP99Ms: 0,
};

/** How long one turn of the loop may go on with messages that are due. */
const LONGEST_TURN_US = 5_000;

/** Says what is due and keeps the account of it. */
export class Publisher {
  published = 0;
  expected = 0;
  conflated = 0;
  /** How many came before the window. */
  before = 0;
  readonly slipsUs: number[] = [];
  readonly #phases: Counting[];
  #next = 0;
  #passed = 0;
  #turnEndsUs: number | undefined;
  readonly #finished = Promise.withResolvers<void>();

  readonly #timeline: Timeline;
  readonly #dueUs: readonly number[];
  readonly #say: (index: number, dueUs: number) => number;

  constructor(
    timeline: Timeline,
    dueUs: readonly number[],
    /** Says the message of that place in the schedule; answers for how many clients it is meant. */
    say: (index: number, dueUs: number) => number,
  ) {
    this.#timeline = timeline;
    this.#phases = timeline.phaseEndsUs.map(() => ({ published: 0, expected: 0, conflated: 0 }));
    this.#dueUs = dueUs;
    this.#say = say;
    if (dueUs.length === 0) this.#finished.resolve();
  }

  /** Settles when the last message has been said, which may be later than it was due. */
  get finished(): Promise<void> {
    return this.#finished.promise;
  }

  get isDone(): boolean {
    return this.#next === this.#dueUs.length;
  }

  /** Leaves out the first so many: nobody was there to say them. */
  skip(count: number): void {
    this.#next = count;
    if (this.isDone) this.#finished.resolve();
  }

  /**
   * Says every message up to the `passed`th that has not been said yet. Who is behind goes on in the loop's next turn:
   * else the beats alone would keep it busy, and nothing would be read, timed or answered until the schedule is over.
   */
  catchUp(passed: number): void {
    this.#passed = Math.max(this.#passed, passed);
    const endsUs = this.#turnEndsUs ?? this.#beginTurn();
    while (this.#next < this.#passed && sinceUs(this.#timeline.epochNs) < endsUs) this.#sayNext();
    if (this.isDone) this.#finished.resolve();
  }

  /** Says nothing more. */
  stop(): void {
    this.#passed = this.#next;
  }

  /** What is said may be written only after this call, and other beats may be told in the same turn. */
  #beginTurn(): number {
    setImmediate(() => {
      this.#turnEndsUs = undefined;
      if (this.#next < this.#passed) this.catchUp(this.#passed);
    });
    this.#turnEndsUs = sinceUs(this.#timeline.epochNs) + LONGEST_TURN_US;
    return this.#turnEndsUs;
  }

  #sayNext(): void {
    const dueUs = this.#dueUs[this.#next] ?? 0;
    const slipUs = sinceUs(this.#timeline.epochNs) - dueUs;
    const audience = this.#say(this.#next, dueUs);
    this.#next += 1;
    if (dueUs < this.#timeline.windowStartUs) this.before += 1;
    if (halfOf(this.#timeline, dueUs) === undefined) return;
    this.published += 1;
    this.expected += audience;
    this.slipsUs.push(slipUs);
    const phase = this.#phaseAt(dueUs);
    if (phase === undefined) return;
    phase.published += 1;
    phase.expected += audience;
  }

  /** Notes that for one client a newer message took the place of the one that was due then. */
  conflate(dueUs: number): void {
    if (halfOf(this.#timeline, dueUs) === undefined) return;
    this.conflated += 1;
    const phase = this.#phaseAt(dueUs);
    if (phase !== undefined) phase.conflated += 1;
  }

  #phaseAt(dueUs: number): Counting | undefined {
    return this.#phases[phaseOf(this.#timeline, dueUs) ?? -1];
  }

  /** The account; complete once it has finished. */
  get said(): Said {
    const { published, expected, conflated, slipsUs } = this;
    const slipMs = (share: number) => (slipsUs.length === 0 ? 0 : quantileOf(slipsUs, share) / 1000);
    return {
      published,
      expected,
      phases: this.#phases,
      conflated,
      slipP50Ms: slipMs(0.5),
      slipP90Ms: slipMs(0.9),
      slipP99Ms: slipMs(0.99),
    };
  }
}
