import type { Fault } from '../../measurements.ts';
import type { Timeline } from '../../timeline.ts';
import type { FaultShare } from '../protocol.ts';
import type { Arrival } from './arrivals.ts';

/** One fault as planned, after the epoch, and what came of it. */
interface Ordeal {
  readonly beginsUs: number;
  /** Never, where it stays. */
  readonly endsUs: number;
  delivered: number;
  late: number;
  duplicated: number;
  /** By client: when it got its first message after the fault's end. */
  readonly firstArrivalsUs: Map<number, number>;
}

/** What arrives so much later than the transport's own pace explains is late. */
const LATE_US = 250_000;

/** A scenario's faults, each with what belongs to it: the time from its beginning to that of the next, and what was under way at its beginning. */
export class Ordeals {
  readonly #paceUs: number;
  readonly #all: readonly Ordeal[];

  /** `paceMs` is how long a message may be under way. */
  constructor({ windowStartUs }: Timeline, faults: readonly Fault[], paceMs: number) {
    this.#paceUs = paceMs * 1000;
    this.#all = faults.map(({ atMs, forMs }) => {
      const beginsUs = windowStartUs + (atMs ?? 0) * 1000;
      const endsUs = forMs === null ? Number.POSITIVE_INFINITY : beginsUs + forMs * 1000;
      return { beginsUs, endsUs, delivered: 0, late: 0, duplicated: 0, firstArrivalsUs: new Map() };
    });
  }

  /** Counts a message of the window, by when it was due. */
  count(dueUs: number, nowUs: number, arrival: Arrival): void {
    const ordeal = this.#at(dueUs + this.#paceUs);
    if (ordeal === undefined) return;
    if (arrival === 'again') {
      ordeal.duplicated += 1;
      return;
    }
    ordeal.delivered += 1;
    if (nowUs - dueUs > this.#paceUs + LATE_US) ordeal.late += 1;
  }

  /** Something came for a client, whenever it was due. */
  arrived(index: number, nowUs: number): void {
    const ordeal = this.#at(nowUs);
    if (ordeal === undefined || nowUs < ordeal.endsUs || ordeal.firstArrivalsUs.has(index)) return;
    ordeal.firstArrivalsUs.set(index, nowUs);
  }

  /** A client has found its connection gone: what came before, if the fault was over as planned, was no recovery. */
  noticed(index: number, atUs: number): void {
    this.#at(atUs)?.firstArrivalsUs.delete(index);
  }

  share(): FaultShare[] {
    return this.#all.map(({ delivered, late, duplicated, firstArrivalsUs }) => {
      return { delivered, late, duplicated, firstArrivalsUs: [...firstArrivalsUs.values()] };
    });
  }

  #at(instantUs: number): Ordeal | undefined {
    return this.#all.findLast(({ beginsUs }) => instantUs >= beginsUs);
  }
}
