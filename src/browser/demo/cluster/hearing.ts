/** What one client of a node has heard of the events since it began to listen. */
export interface Hearing {
  /** The newest event when it began: what came before it is not for this client. */
  readonly since: number;
  /** The newest that it heard; null for none. */
  readonly newest: number | null;
  readonly count: number;
  /** Which of the newest it heard, for the picture. */
  readonly recent: ReadonlySet<number>;
}

/** How many events the picture shows. */
export const SHOWN = 24;

/** Nothing heard yet. */
export function beginAfter(newest: number): Hearing {
  return { since: newest, newest: null, count: 0, recent: new Set() };
}

/** After it heard event `n`; what it heard before, or was not for it, changes nothing. */
export function heard(hearing: Hearing, n: number): Hearing {
  if (n <= hearing.since || hearing.recent.has(n)) return hearing;
  const newest = Math.max(n, hearing.newest ?? 0);
  const recent = new Set([...hearing.recent, n].filter((one) => one > newest - 2 * SHOWN));
  return { ...hearing, newest, count: hearing.count + 1, recent };
}

/** How many of the events up to `due` it did not hear. */
export function missingOf({ since, count }: Hearing, due: number): number {
  return Math.max(0, due - since - count);
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
