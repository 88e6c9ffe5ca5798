import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { markdownTable } from 'markdown-table';

/** One target and what was reached. */
interface Row {
  readonly part: string;
  readonly what: string;
  readonly figure: string;
  readonly target: string;
  readonly met: boolean;
  readonly at: string;
}

/** Takes one figure beside its target. */
export type Add = (what: string, figure: string, target: string, met: boolean) => void;

/** Where figures are kept. */
export const FOLDER = join(import.meta.dirname, '../../results/bench');
const KEPT = join(FOLDER, 'latest.json');

/** The figures of the last bench; a part that is run again takes the place of what it had. */
export class Rows {
  #rows: Row[] = kept();

  /** Begins a part: what it had is forgotten, or, where it looks at some of it only, takes its place figure by figure. */
  of(part: string, isWhole: boolean): Add {
    if (isWhole) this.#rows = this.#rows.filter((row) => row.part !== part);
    const at = new Date().toISOString().slice(0, 16);
    return (what, figure, target, met) => {
      const row = { part, what, figure, target, met, at };
      const place = this.#rows.findIndex((old) => old.part === part && old.what === what);
      this.#rows = place < 0 ? [...this.#rows, row] : this.#rows.with(place, row);
      console.error(`${met ? 'met   ' : 'MISSED'} ${what}: ${figure} (${target})`);
    };
  }

  /** The figures as a table; parts stand in the order given. */
  table(parts: readonly string[]): string {
    return this.#told(this.#ordered(parts));
  }

  /** Keeps the figures, and answers them as a table. */
  keep(parts: readonly string[]): string {
    const ordered = this.#ordered(parts);
    const table = this.#told(ordered);
    const times = ordered.map(({ at }) => at).toSorted();
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(KEPT, `${JSON.stringify(ordered, null, 2)}\n`);
    writeFileSync(join(FOLDER, 'latest.md'), `# Bench, ${times[0]} to ${times.at(-1)} UTC\n\n${table}\n`);
    return table;
  }

  #ordered(parts: readonly string[]): Row[] {
    return parts.flatMap((part) => this.#rows.filter((row) => row.part === part));
  }

  #told(rows: readonly Row[]): string {
    return markdownTable([
      ['what', 'figure', 'target', ''],
      ...rows.map(({ what, figure, target, met }) => [what, figure, target, met ? 'met' : 'missed']),
    ]);
  }
}

function kept(): Row[] {
  try {
    return JSON.parse(readFileSync(KEPT, 'utf8'));
  } catch {
    return [];
  }
}
