import { sinceUs } from '../../instrument/clock.ts';
import type { Fault } from '../../measurements.ts';
import type { Timeline } from '../../timeline.ts';
import type { ClientTurn, TroubleShare } from '../protocol.ts';
import type { Arrival } from './arrivals.ts';
import { Ordeals } from './ordeals.ts';
import { Steps } from './steps.ts';

/** What one process's clients go through while things go wrong. */
export class Trouble {
  readonly #faults: readonly Fault[];
  readonly #paceMs: number;
  readonly #away = new Set<number>();
  readonly #turns: ClientTurn[] = [];
  #armed: { readonly epochNs: number; readonly steps: Steps; readonly ordeals: Ordeals } | undefined;

  /** `paceMs` is how long a message may be under way. */
  constructor(faults: readonly Fault[], paceMs: number) {
    this.#faults = faults;
    this.#paceMs = paceMs;
  }

  arm(timeline: Timeline, clients: number): void {
    this.#armed = {
      epochNs: timeline.epochNs,
      steps: new Steps(timeline, clients - this.#away.size),
      ordeals: new Ordeals(timeline, this.#faults, this.#paceMs),
    };
  }

  /** A message came to a client. */
  arrived(index: number, nowUs: number): void {
    this.#armed?.ordeals.arrived(index, nowUs);
  }

  /** It was due in the window. */
  count(dueUs: number, nowUs: number, arrival: Arrival, isLocal = false): void {
    this.#armed?.ordeals.count(dueUs, nowUs, arrival);
    if (arrival !== 'again') this.#armed?.steps.note(dueUs, nowUs, isLocal);
  }

  /** A client knows that its connection is gone. Until it has another, that is no news. */
  noticed(index: number): void {
    if (this.#away.has(index)) return;
    this.#away.add(index);
    this.#note(index, 'noticed');
  }

  /** A client has a connection again: whole with what it missed, or as a newcomer. */
  back(index: number, whole: boolean): void {
    if (this.#away.delete(index)) this.#note(index, whole ? 'resumed' : 'reconnected');
  }

  /** A client tried to come back, in vain. */
  failed(index: number): void {
    this.#note(index, 'failed');
  }

  share(): TroubleShare {
    if (this.#armed === undefined) throw new Error('a share of trouble before arm');
    const { steps, ordeals } = this.#armed;
    return { ...steps.share(this.#turns), turns: this.#turns, faults: ordeals.share() };
  }

  #note(index: number, what: ClientTurn['what']): void {
    if (this.#armed === undefined) return;
    const atUs = sinceUs(this.#armed.epochNs);
    this.#turns.push({ index, atUs, what });
    if (what === 'noticed') this.#armed.ordeals.noticed(index, atUs);
  }
}
