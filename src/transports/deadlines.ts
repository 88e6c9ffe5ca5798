/** How much later than due an item may expire, as a share of the whole time: keeps one timer from firing for each item. */
const SLACK = 1 / 64;

/** Expires each item a fixed time after its last touch, with one timer however many items there are. */
export class Deadlines<Item> {
  readonly #afterMs: number;
  readonly #expire: (item: Item) => void;
  /** In the order of touching, so the first is always the next to expire. */
  readonly #dueMs = new Map<Item, number>();
  #timer: NodeJS.Timeout | undefined;

  constructor(afterMs: number, expire: (item: Item) => void) {
    this.#afterMs = afterMs;
    this.#expire = expire;
  }

  touch(item: Item): void {
    this.#dueMs.delete(item);
    this.#dueMs.set(item, performance.now() + this.#afterMs);
    this.#sweepAfter(this.#afterMs);
  }

  forget(item: Item): void {
    this.#dueMs.delete(item);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#dueMs.clear();
  }

  #sweepAfter(waitMs: number): void {
    // What came while this process was busy or stopped is read first.
    this.#timer ??= setTimeout(() => setImmediate(() => this.#sweep()), waitMs);
  }

  #sweep(): void {
    this.#timer = undefined;
    const nowMs = performance.now();
    for (const [item, dueMs] of this.#dueMs) {
      if (dueMs > nowMs) {
        const waitMs = Math.max(dueMs - nowMs, this.#afterMs * SLACK);
        this.#sweepAfter(waitMs);
        return;
      }
      this.#dueMs.delete(item);
      this.#expire(item);
    }
  }
}
