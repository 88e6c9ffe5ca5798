import { ratioParts } from '../columns.ts';
import { alignPoint, figure, NONE } from '../numbers.ts';
import { fits, type GridCell, grid } from '../terminal/grid.ts';
import { noteOf, page } from '../terminal/page.ts';
import { nameOf } from '../words/labels.ts';
import { wrap } from '../words/text.ts';
import type { Look } from '../writer.ts';
import type { Diff } from './make.ts';
import { type DiffRow, rowsOf } from './rows.ts';
import { legendOf, originsOf, sentencesOf } from './words.ts';

/** What a person reads: each transport's figures before and after. */
export function table(diff: Diff, look: Look): string {
  const { columns, chalk, cpu } = look;
  const rows = rowsOf(diff, cpu);
  return page([
    originsOf(diff).flatMap((line) => wrap(line, columns).map((part) => chalk.bold(part))),
    widestThatFits(rows, look),
    diff.notes.flatMap((note) => noteOf(note, chalk.yellow, columns)),
    sentencesOf(rows).flatMap((sentence) => wrap(sentence, columns)),
    wrap(legendOf(rows), columns).map((line) => chalk.dim(line)),
  ]);
}

/** What goes as room shrinks: the two medians, then the interval, then the unit. */
const DROPS = [[], ['A', 'B'], ['A', 'B', '95% interval']] as const;

function widestThatFits(rows: readonly DiffRow[], look: Look): string[] {
  const drawn = DROPS.map((dropped) => tableLines(rows, dropped, look));
  return drawn.find((lines) => fits(lines, look.columns)) ?? drawn.at(-1) ?? [];
}

function tableLines(rows: readonly DiffRow[], dropped: readonly string[], { chalk }: Look): string[] {
  const ratios = rows.map(({ comparison }) => (comparison === undefined ? [NONE] : ratioParts(comparison)));
  const ratio = ratios.map(([middle = '', arrow = '']) => `${middle} ${coloured(arrow, chalk)}`);
  const columns = [
    { head: 'A', cells: alignPoint(rows.map((row) => figure(row.before))) },
    { head: 'B', cells: alignPoint(rows.map((row) => figure(row.after))) },
    { head: 'B/A', cells: ratio },
    { head: '95% interval', cells: ratios.map(([, , interval = '']) => interval) },
  ].filter(({ head }) => !dropped.includes(head));
  const names = rows.map(({ label, unit }) => `  ${label}${unit === '' ? '' : `, ${unit}`} `);
  const cell = (head: string, text: string): GridCell =>
    head.length === 1 ? { text: ` ${text} ` } : { text: `${text} `, align: 'left' };
  const lines: GridCell[][] = [[{ text: '' }, ...columns.map(({ head }) => cell(head, chalk.dim(head)))]];
  for (const [index, { transport }] of rows.entries()) {
    if (transport !== rows[index - 1]?.transport) {
      lines.push([{ text: chalk.bold(nameOf(transport)), align: 'left', span: columns.length + 1 }]);
    }
    const label: GridCell = { text: names[index] ?? '', align: 'left' };
    lines.push([label, ...columns.map(({ head, cells }) => cell(head, cells[index] ?? ''))]);
  }
  return grid(lines);
}

function coloured(arrow: string, chalk: Look['chalk']): string {
  return arrow.replace('▲', chalk.yellow('▲')).replace('▼', chalk.green('▼'));
}
