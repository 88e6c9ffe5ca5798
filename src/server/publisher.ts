import type { Message } from '../contracts.ts';
import { nowNs } from '../instrument/clock.ts';
import { SCHEDULE_SOURCE, type Stamp } from '../message.ts';
import { quantileOf } from '../stats/quantile.ts';
import { halfOf, type Timeline } from '../timeline.ts';

/** Publishes what is due and keeps the account of it. */
export class Publisher {
  published = 0;
  expected = 0;
  /** How many came before the window. */
  before = 0;
  readonly slipsUs: number[] = [];
  #next = 0;
  readonly #finished = Promise.withResolvers<void>();

  readonly #timeline: Timeline;
  readonly #dueUs: readonly number[];
  readonly #make: (stamp: Stamp) => Message;
  readonly #publish: (message: Message) => number;

  constructor(
    timeline: Timeline,
    dueUs: readonly number[],
    make: (stamp: Stamp) => Message,
    publish: (message: Message) => number,
  ) {
    this.#timeline = timeline;
    this.#dueUs = dueUs;
    this.#make = make;
    this.#publish = publish;
    if (dueUs.length === 0) this.#finished.resolve();
  }

  /** Settles when the last message has been sent, which may be later than it was due. */
  get finished(): Promise<void> {
    return this.#finished.promise;
  }

  /** Sends every message up to the `passed`th that has not been sent yet. */
  catchUp(passed: number): void {
    while (this.#next < passed) {
      const dueUs = this.#dueUs[this.#next] ?? 0;
      const slipUs = (nowNs() - this.#timeline.epochNs) / 1000 - dueUs;
      const audience = this.#publish(this.#make({ source: SCHEDULE_SOURCE, sequence: this.#next, dueUs }));
      this.#next += 1;
      if (dueUs < this.#timeline.windowStartUs) this.before += 1;
      if (halfOf(this.#timeline, dueUs) === undefined) continue;
      this.published += 1;
      this.expected += audience;
      this.slipsUs.push(slipUs);
    }
    if (this.#next === this.#dueUs.length) this.#finished.resolve();
  }

  /** How late the given share of the window's messages was at most, in milliseconds. */
  slipMs(share: number): number {
    return quantileOf(this.slipsUs, share) / 1000;
  }
}
