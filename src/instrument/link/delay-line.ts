import type { Way } from './way.ts';

/** What all connections of one client share, one way: their bytes pass it one after the other. */
export interface Lane {
  freeNs: number;
}

/** One direction of one connection: says when what is sent is due at the other end. Reads no clock. */
export class DelayLine {
  readonly #way: Way;
  readonly #lane: Lane;
  readonly #opensNs: number;
  readonly #random: () => number;
  #lastDueNs = 0;

  /** `opensNs` is when TCP's handshake would have let the first byte go. */
  constructor(way: Way, lane: Lane, opensNs: number, random: () => number) {
    this.#way = way;
    this.#lane = lane;
    this.#opensNs = opensNs;
    this.#random = random;
  }

  /** The instant at which the last of so many bytes is due; never before what was sent earlier. */
  dueNs(sentNs: number, bytes: number): number {
    const { oneWayNs, jitterNs, nsPerByte } = this.#way;
    const passingNs = bytes * nsPerByte;
    let passedNs = sentNs;
    if (nsPerByte > 0) {
      passedNs = Math.max(sentNs, this.#lane.freeNs) + passingNs;
      this.#lane.freeNs = passedNs;
    }
    const offNs = jitterNs === 0 ? 0 : (2 * this.#random() - 1) * jitterNs;
    const dueNs = Math.max(passedNs, this.#opensNs + passingNs) + oneWayNs + offNs;
    this.#lastDueNs = Math.max(this.#lastDueNs, dueNs);
    return this.#lastDueNs;
  }
}
