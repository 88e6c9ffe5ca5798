import type { Socket } from 'node:net';
import { nowNs } from '../../clock.ts';
import type { DelayLine } from '../delay-line.ts';
import type { Departures, Held } from '../departures.ts';

/** Bytes, or how their sender ended. */
export type What = Buffer | 'end' | 'reset';

/** What is under way. */
interface Part {
  readonly what: What;
  readonly dueNs: number;
  next: Part | undefined;
}

/** What it takes to pass: the way's length, a clock, and how many bytes may be under way before the sender has to wait. */
export interface Passage {
  readonly line: DelayLine;
  readonly departures: Departures;
  readonly allowance: () => number;
}

/** One direction of one connection: what one socket reads, the other writes when it is due. */
export class Flow implements Held {
  readonly #from: Socket;
  readonly #to: Socket;
  readonly #line: DelayLine;
  readonly #departures: Departures;
  readonly #allowance: () => number;
  readonly #given: ((what: What) => void) | null;
  #first: Part | undefined;
  #last: Part | undefined;
  #bytes = 0;
  /** The receiver takes nothing now. */
  #blocked = false;
  /** Since when it has been taking: what waited for it is not late by our doing. */
  #takesSinceNs = 0;
  /** Nothing is read, whatever the sender sends. */
  #stalled = false;
  /** Whatever is sent vanishes. */
  isLost = false;
  #ended = false;

  /** `given` is told what the receiver gets, where somebody wants to know. */
  constructor(
    from: Socket,
    to: Socket,
    { line, departures, allowance }: Passage,
    given: ((what: What) => void) | null = null,
  ) {
    this.#from = from;
    this.#to = to;
    this.#line = line;
    this.#departures = departures;
    this.#allowance = allowance;
    this.#given = given;
    from.on('close', (broken) => broken && this.#reset());
    to.on('drain', () => this.#unblock());
  }

  get dueNs(): number {
    return this.#first?.dueNs ?? Number.POSITIVE_INFINITY;
  }

  /** Takes what the sender sent just now, for good. */
  take(bytes: Buffer): void {
    if (this.#to.destroyed || this.isLost || this.#ended) return;
    this.#put(bytes);
    this.#bytes += bytes.length;
    if (this.#bytes > this.#allowance()) this.#from.pause();
  }

  /** The sender has ended. */
  end(): void {
    if (this.isLost || this.#ended) return;
    this.#ended = true;
    this.#put('end');
  }

  /** From now on what is sent vanishes, what is under way too, and neither side is ever told. */
  lose(): void {
    this.isLost = true;
    if (this.#blocked) this.#first = undefined;
    this.#blocked = false;
    this.#from.resume();
  }

  /** Reads nothing more from the sender, or goes on. */
  stall(stalled: boolean): void {
    this.#stalled = stalled;
    if (stalled) this.#from.pause();
    else if (this.#bytes <= this.#allowance()) this.#from.resume();
  }

  release(): boolean {
    const untilNs = nowNs();
    // Corking for one part would cost more than it spares.
    const several = (this.#first?.next?.dueNs ?? Number.POSITIVE_INFINITY) <= untilNs;
    if (several) this.#to.cork();
    while (this.#first !== undefined && this.#first.dueNs <= untilNs && !this.#blocked) {
      const { what, dueNs, next } = this.#first;
      this.#departures.left(Math.max(dueNs, this.#takesSinceNs));
      this.#first = next;
      this.#give(what);
    }
    if (several) this.#to.uncork();
    if (this.#from.isPaused() && !this.#stalled && this.#bytes <= this.#allowance() / 2) this.#from.resume();
    return this.#first !== undefined && !this.#blocked;
  }

  #put(what: What): void {
    const part: Part = {
      what,
      dueNs: this.#line.dueNs(nowNs(), typeof what === 'string' ? 0 : what.length),
      next: undefined,
    };
    const waits = this.#first !== undefined;
    if (waits && this.#last !== undefined) this.#last.next = part;
    else this.#first = part;
    this.#last = part;
    if (!waits && !this.#blocked) this.#departures.add(this);
  }

  /** Comes behind what is under way; what the receiver would not take is lost, or the reset would wait for it too. */
  #reset(): void {
    if (this.isLost) return;
    if (this.#blocked) this.#first = undefined;
    this.#blocked = false;
    this.#put('reset');
  }

  #give(what: What): void {
    if (typeof what !== 'string') this.#bytes -= what.length;
    if (this.isLost) return;
    this.#given?.(what);
    if (what === 'reset') this.#to.resetAndDestroy();
    else if (what === 'end') this.#to.end();
    else if (this.#to.writable) this.#blocked = !this.#to.write(what);
  }

  #unblock(): void {
    if (!this.#blocked) return;
    this.#blocked = false;
    this.#takesSinceNs = nowNs();
    if (this.#first !== undefined) this.#departures.add(this);
  }
}
