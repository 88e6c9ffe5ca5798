import { stripVTControlCharacters } from 'node:util';
import CliTable from 'cli-table3';

const GAP = 1;
const NO_BORDERS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: ' '.repeat(GAP),
};

/** A cell of a grid; `span` columns wide. */
export interface GridCell {
  readonly text: string;
  readonly span?: number;
  readonly align?: 'left' | 'right';
}

/** Rows laid out in columns, without borders and without trailing blanks. */
export function grid(rows: readonly (readonly GridCell[])[]): string[] {
  const table = new CliTable({
    chars: NO_BORDERS,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  for (const row of rows) {
    table.push(
      row.map(({ text, span = 1, align = 'right' }) => ({ content: text, colSpan: span, hAlign: align })),
    );
  }
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
}

/** Whether every line has room, whatever its colours are. */
export function fits(lines: readonly string[], columns: number): boolean {
  return lines.every((line) => stripVTControlCharacters(line).length <= columns);
}
