/** How many events are remembered one by one: all that may be under way at the highest rate. */
const REMEMBERED = 512;

/** What one client of a node has heard of the events since it began to listen. */
export class Hearing {
  /** The newest event when it began: what came before it is not for this client. */
  readonly since: number;
  /** The newest that it heard; null for none. */
  newest: number | null = null;
  count = 0;
  readonly #recent = new Set<number>();

  constructor(since: number) {
    this.since = since;
  }

  /** What it heard before, or is not for it, changes nothing. */
  hear(n: number): void {
    if (n <= this.since || this.#recent.has(n)) return;
    this.#recent.add(n);
    this.#recent.delete(n - REMEMBERED);
    this.newest = Math.max(n, this.newest ?? 0);
    this.count += 1;
  }

  /** Whether it heard one of the newest events. */
  hasHeard(n: number): boolean {
    return this.#recent.has(n);
  }

  /** How many of the events up to `due` it did not hear. */
  missing(due: number): number {
    const early = [...this.#recent].filter((n) => n > due).length;
    return Math.max(0, due - this.since - (this.count - early));
  }
}

/** How long an event may be under way before it counts as missing. */
const UNDER_WAY_MS = 1500;

/** Knows which event was the newest a while ago: that one and all before it should have been heard by now. */
export class Due {
  readonly #published: { readonly atMs: number; readonly n: number }[] = [];

  published(n: number, atMs: number): void {
    this.#published.push({ atMs, n });
    while ((this.#published[1]?.atMs ?? atMs) <= atMs - UNDER_WAY_MS) this.#published.shift();
  }

  /** Zero until it has watched for long enough. */
  get newest(): number {
    const [first] = this.#published;
    const last = this.#published.at(-1);
    return first !== undefined && last !== undefined && first.atMs <= last.atMs - UNDER_WAY_MS ? first.n : 0;
  }
}
