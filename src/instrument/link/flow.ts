import type { Socket } from 'node:net';
import { nowNs } from '../clock.ts';
import type { DelayLine } from './delay-line.ts';
import type { Departures, Held } from './departures.ts';

/** What is under way: bytes, or how the sender ended. */
interface Part {
  readonly what: Buffer | 'end' | 'reset';
  readonly dueNs: number;
  next: Part | undefined;
}

/** One direction of one connection: what one socket reads, the other writes when it is due. */
export class Flow implements Held {
  readonly #from: Socket;
  readonly #to: Socket;
  readonly #line: DelayLine;
  readonly #departures: Departures;
  readonly #allowance: () => number;
  #first: Part | undefined;
  #last: Part | undefined;
  #bytes = 0;
  /** The receiver takes nothing now. */
  #blocked = false;
  /** Since when it has been taking: what waited for it is not late by our doing. */
  #takesSinceNs = 0;

  /** `allowance` is how many bytes may be under way before the sender has to wait. */
  constructor(from: Socket, to: Socket, line: DelayLine, departures: Departures, allowance: () => number) {
    this.#from = from;
    this.#to = to;
    this.#line = line;
    this.#departures = departures;
    this.#allowance = allowance;
    from.on('end', () => this.#put('end'));
    from.on('close', (broken) => broken && this.#reset());
    to.on('drain', () => this.#unblock());
  }

  get dueNs(): number {
    return this.#first?.dueNs ?? Number.POSITIVE_INFINITY;
  }

  /** Takes what the sender sent just now, for good. */
  take(bytes: Buffer): void {
    if (this.#to.destroyed) return;
    this.#put(bytes);
    this.#bytes += bytes.length;
    if (this.#bytes > this.#allowance()) this.#from.pause();
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
    if (this.#from.isPaused() && this.#bytes <= this.#allowance() / 2) this.#from.resume();
    return this.#first !== undefined && !this.#blocked;
  }

  #put(what: Part['what']): void {
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
    if (this.#blocked) this.#first = undefined;
    this.#blocked = false;
    this.#put('reset');
  }

  #give(what: Part['what']): void {
    if (what === 'reset') this.#to.resetAndDestroy();
    else if (what === 'end') this.#to.end();
    else {
      this.#bytes -= what.length;
      if (this.#to.writable) this.#blocked = !this.#to.write(what);
    }
  }

  #unblock(): void {
    if (!this.#blocked) return;
    this.#blocked = false;
    this.#takesSinceNs = nowNs();
    if (this.#first !== undefined) this.#departures.add(this);
  }
}
