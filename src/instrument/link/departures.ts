import { createHistogram } from 'node:perf_hooks';
import type { LinkCost } from '../../measurements.ts';
import { nowNs } from '../clock.ts';
import { Agenda, type Due } from './agenda.ts';
import { Alarm } from './alarm.ts';

/** Something that holds what must be let go at an instant. */
export interface Held extends Due {
  /** Lets go of all that is due by now; tells whether it waits for another instant. */
  release(): boolean;
}

// More of them at once, and what comes in meanwhile would wait unseen.
const IN_ONE_GO = 16;

/** Lets everything go when it is due, and keeps account of how late it was. */
export class Departures {
  readonly #agenda = new Agenda<Held>();
  readonly #alarm = new Alarm(() => this.#releaseDue());
  readonly #lateNs = createHistogram();

  add(held: Held): void {
    this.#agenda.add(held);
    this.#alarm.arm(held.dueNs);
  }

  /** Takes note of something that was let go just now. */
  left(dueNs: number): void {
    this.#lateNs.record(Math.max(1, Math.round(nowNs() - dueNs)));
  }

  /** How late what was let go since the last `forget` was. */
  get lateness(): Omit<LinkCost, 'connections'> {
    const ms = (percent: number) => (this.#lateNs.count === 0 ? 0 : this.#lateNs.percentile(percent) / 1e6);
    return { lateP50Ms: ms(50), lateP99Ms: ms(99) };
  }

  forget(): void {
    this.#lateNs.reset();
  }

  /** Resolves when nothing is late for want of a thread. */
  get ready(): Promise<unknown> {
    return this.#alarm.ready;
  }

  #releaseDue(): void {
    for (let done = 0; done < IN_ONE_GO; done++) {
      const { earliest } = this.#agenda;
      if (earliest === undefined) return;
      if (earliest.dueNs > nowNs()) {
        this.#alarm.arm(earliest.dueNs);
        return;
      }
      this.#agenda.take();
      if (earliest.release()) this.#agenda.add(earliest);
    }
    setImmediate(() => this.#releaseDue());
  }
}
