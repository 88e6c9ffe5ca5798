/** Gaps that are remembered to see whether they are filled after all; older ones stay lost. */
const MOST_REMEMBERED = 10_000;

/** Whether every event has arrived, by their numbers: what came once, what came again, what did not come. */
export class Conservation {
  received = 0;
  repeated = 0;
  #newest: number | undefined;
  readonly #missing = new Set<number>();
  #given = 0;

  /** Events that did not come though later ones did. */
  get lost(): number {
    return this.#missing.size + this.#given;
  }

  /** Whether it is the first time that this one comes. */
  take(n: number): boolean {
    const isNew = this.#newest === undefined || n > this.#newest;
    if (!isNew && !this.#missing.delete(n)) {
      this.repeated++;
      return false;
    }
    this.received++;
    if (isNew) this.#advance(n);
    return true;
  }

  #advance(n: number): void {
    const first = (this.#newest ?? n - 1) + 1;
    this.#newest = n;
    const remembered = Math.max(first, n - MOST_REMEMBERED);
    this.#given += remembered - first;
    for (let missing = remembered; missing < n; missing++) this.#missing.add(missing);
    for (const oldest of this.#missing) {
      if (this.#missing.size <= MOST_REMEMBERED) break;
      this.#missing.delete(oldest);
      this.#given++;
    }
  }
}
