/** Something that is due at an instant, which stands while it is on the agenda. */
export interface Due {
  readonly dueNs: number;
}

/** What is due when, the earliest at hand: a binary heap. */
export class Agenda<Item extends Due> {
  readonly #heap: Item[] = [];

  get earliest(): Item | undefined {
    return this.#heap[0];
  }

  add(item: Item): void {
    let place = this.#heap.length;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = this.#heap[above];
      if (parent === undefined || parent.dueNs <= item.dueNs) break;
      this.#heap[place] = parent;
      place = above;
    }
    this.#heap[place] = item;
  }

  /** Takes the earliest off. */
  take(): Item | undefined {
    const earliest = this.#heap[0];
    const last = this.#heap.pop();
    if (last !== undefined && last !== earliest) this.#sink(last);
    return earliest;
  }

  #sink(item: Item): void {
    let place = 0;
    for (;;) {
      let below = 2 * place + 1;
      let child = this.#heap[below];
      const other = this.#heap[below + 1];
      if (child !== undefined && other !== undefined && other.dueNs < child.dueNs) {
        below += 1;
        child = other;
      }
      if (child === undefined || child.dueNs >= item.dueNs) break;
      this.#heap[place] = child;
      place = below;
    }
    this.#heap[place] = item;
  }
}
