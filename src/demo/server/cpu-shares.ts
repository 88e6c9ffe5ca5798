/**
 * Shares the process's CPU out among those for whom it works: what was used since the last look, in proportion to the time
 * that each one's own code took meanwhile. The kernel, the parsers and the collector are shared out with it: a fair guess, no measurement.
 */
export class CpuShares<Owner> {
  readonly #usedUs = new Map<Owner, number>();
  readonly #spentMs = new Map<Owner, number>();
  #owner: Owner | undefined;
  #sinceMs = 0;
  #looked = process.cpuUsage();

  /** Does work of that owner; what it leads to for another one is the other's. */
  work(owner: Owner, does: () => void): void {
    const before = this.#owner;
    this.#turnTo(owner);
    try {
      does();
    } finally {
      this.#turnTo(before);
    }
  }

  /** Does it with what it leaves for the end of this turn of the loop: a stream is written to only then. */
  workOut(owner: Owner, does: () => void, next: () => void): void {
    this.#turnTo(owner);
    does();
    process.nextTick(() => {
      this.#turnTo(undefined);
      next();
    });
  }

  /** The CPU of that owner until the last look. */
  usedUs(owner: Owner): number {
    return this.#usedUs.get(owner) ?? 0;
  }

  look(): void {
    const { user, system } = process.cpuUsage(this.#looked);
    this.#looked = process.cpuUsage();
    const allMs = [...this.#spentMs.values()].reduce((sum, spentMs) => sum + spentMs, 0);
    if (allMs === 0) return;
    for (const [owner, spentMs] of this.#spentMs) {
      this.#usedUs.set(owner, this.usedUs(owner) + ((user + system) * spentMs) / allMs);
    }
    this.#spentMs.clear();
  }

  #turnTo(owner: Owner | undefined): void {
    const nowMs = performance.now();
    if (this.#owner !== undefined) {
      this.#spentMs.set(this.#owner, (this.#spentMs.get(this.#owner) ?? 0) + nowMs - this.#sinceMs);
    }
    this.#owner = owner;
    this.#sinceMs = nowMs;
  }
}
