import type { LinkFault } from './names.ts';

/** The faults that are there now; one object for all of a relay's connections. */
export class Standing {
  readonly #faults = new Set<LinkFault>();
  #stalled: ReadonlySet<string> = new Set();

  has(fault: LinkFault): boolean {
    return this.#faults.has(fault);
  }

  set(fault: LinkFault, begins: boolean): void {
    if (begins) this.#faults.add(fault);
    else this.#faults.delete(fault);
  }

  /** The addresses whose clients read nothing. */
  stall(addresses: readonly string[]): void {
    this.#stalled = new Set(addresses);
  }

  stalls(address: string): boolean {
    return this.#stalled.has(address);
  }
}
