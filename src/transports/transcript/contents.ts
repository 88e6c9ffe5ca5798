import { bytesOf, type Item, type Run } from './runs.ts';

/** So many kinds of things are named where several come at once. */
const NAMED = 2;

/** What is said, given out in pieces as it was carried: wherever the pieces were cut. */
export class Contents {
  readonly #items: Item[];
  /** What is left of the first item's runs. */
  #runs: Run[];

  constructor(items: readonly Item[]) {
    this.#items = items.map((item) => ({ ...item, runs: item.runs.filter(({ bytes }) => bytes.length > 0) }));
    this.#runs = [...(this.#items[0]?.runs ?? [])];
  }

  /** The next so many bytes, and what they belong to. */
  take(bytes: number): Item {
    const taken: Item[] = [];
    for (let left = bytes; left > 0; ) {
      const item = this.#items[0];
      if (item === undefined) break;
      const runs = this.#takeRuns(left);
      left -= bytesOf(runs);
      const isWhole = bytesOf(runs) === bytesOf(item.runs);
      if (runs.length > 0) taken.push({ ...item, title: isWhole ? item.title : partOf(item), runs });
      if (this.#runs.length === 0) this.#next();
    }
    return summary(taken);
  }

  #takeRuns(bytes: number): Run[] {
    const taken: Run[] = [];
    for (let left = bytes; left > 0; ) {
      const run = this.#runs.shift();
      if (run === undefined) break;
      taken.push({ ...run, bytes: run.bytes.subarray(0, left) });
      if (run.bytes.length > left) this.#runs.unshift({ ...run, bytes: run.bytes.subarray(left) });
      left -= Math.min(left, run.bytes.length);
    }
    return taken;
  }

  #next(): void {
    this.#items.shift();
    this.#runs = [...(this.#items[0]?.runs ?? [])];
  }
}

/** Several items as one: the first kinds are named, the others counted. */
function summary(items: readonly Item[]): Item {
  const counts = new Map<string, number>();
  for (const { title } of items) if (title !== '') counts.set(title, (counts.get(title) ?? 0) + 1);
  const named = [...counts]
    .slice(0, NAMED)
    .map(([title, count]) => (count > 1 ? `${count} × ${title}` : title));
  const more = [...counts.values()].slice(NAMED).reduce((sum, count) => sum + count, 0);
  const [why = '', ...others] = new Set(items.map((item) => item.why));
  return {
    title: named.join(' + ') + (more > 0 ? ` and ${more} more` : ''),
    why: others.length === 0 ? why : '',
    runs: items.flatMap(({ runs }) => runs),
  };
}

function partOf({ title }: Item): string {
  return title === '' ? '' : `part of ${title}`;
}
