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

const FOLDER = join(import.meta.dirname, '../../results/bench');
const KEPT = join(FOLDER, 'latest.json');

/** The figures of the last bench; a part that is run again takes the place of what it had. */
export class Rows {
  #rows: Row[] = kept();

  /** Begins a part: what it had is forgotten. */
  of(part: string): Add {
    this.#rows = this.#rows.filter((row) => row.part !== part);
    const at = new Date().toISOString().slice(0, 16);
    return (what, figure, target, met) => {
      this.#rows.push({ part, what, figure, target, met, at });
      console.error(`${met ? 'met   ' : 'MISSED'} ${what}: ${figure} (${target})`);
    };
  }

  /** Keeps the figures, and answers them as a table; parts stand in the order given. */
  keep(parts: readonly string[]): string {
    const ordered = parts.flatMap((part) => this.#rows.filter((row) => row.part === part));
    const table = markdownTable([
      ['what', 'figure', 'target', ''],
      ...ordered.map(({ what, figure, target, met }) => [what, figure, target, met ? 'met' : 'missed']),
    ]);
    const times = ordered.map(({ at }) => at).toSorted();
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(KEPT, `${JSON.stringify(ordered, null, 2)}\n`);
    writeFileSync(join(FOLDER, 'latest.md'), `# Bench, ${times[0]} to ${times.at(-1)} UTC\n\n${table}\n`);
    return table;
  }
}

function kept(): Row[] {
  try {
    return JSON.parse(readFileSync(KEPT, 'utf8'));
  } catch {
    return [];
  }
}
