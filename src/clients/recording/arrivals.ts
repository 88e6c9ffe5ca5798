/** What one arrival was to its client. */
export type Arrival = 'first' | 'late' | 'again';

/** One client's account of one source: tells the new from the late and the repeated, in constant space when all is well. */
export class Arrivals {
  #highest: number | undefined;
  #missing: Set<number> | undefined;

  /** `skips`: what lies between it and the newest was left out on purpose. */
  note(sequence: number, skips = false): Arrival {
    const highest = this.#highest;
    if (highest === undefined || sequence > highest) {
      this.#highest = sequence;
      if (highest !== undefined && sequence > highest + 1 && !skips) this.#miss(highest + 1, sequence);
      return 'first';
    }
    return this.#missing?.delete(sequence) === true ? 'late' : 'again';
  }

  #miss(from: number, to: number): void {
    this.#missing ??= new Set();
    for (let sequence = from; sequence < to; sequence++) this.#missing.add(sequence);
  }
}

/** One client's accounts of all its sources; most clients hear one only, which takes no map. */
export class Sources {
  #first = -1;
  #account: Arrivals | undefined;
  #others: Map<number, Arrivals> | undefined;

  of(source: number): Arrivals {
    if (source === this.#first && this.#account !== undefined) return this.#account;
    if (this.#account === undefined) {
      this.#first = source;
      this.#account = new Arrivals();
      return this.#account;
    }
    this.#others ??= new Map();
    let account = this.#others.get(source);
    if (account === undefined) {
      account = new Arrivals();
      this.#others.set(source, account);
    }
    return account;
  }
}
