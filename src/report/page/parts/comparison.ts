import type { Report } from '../../../measurements.ts';
import { bestOf } from '../../best.ts';
import { type Column, columnsOf, type Row, rowsOf, upToRank } from '../../columns.ts';
import { nameOf } from '../../words/labels.ts';
import type { CpuUnit } from '../../writer.ts';
import type { Table, TableCell } from '../tables.ts';

/** What is told of in more detail by a picture and its numbers is left to them. */
const MOST_RANK = 12;

/** Several transports side by side, with the intervals. */
export function comparisonTable(report: Report, cpu?: CpuUnit): Table {
  const rows = rowsOf(report);
  const columns = upToRank(columnsOf(report, cpu), MOST_RANK);
  const cells = columns.map((column) => cellsOf(column, rows));
  return {
    title: 'The transports side by side; medians, and small under them the 95% interval',
    columns: [
      { group: '', name: 'transport', align: 'left' },
      ...columns.map(({ group, name, unit, kind }) => ({
        ...{ group, name: name.replace(/^\//, 'per '), align: 'right' as const },
        unit: kind === 'ratio' ? '' : unit,
      })),
    ],
    rows: rows.map(({ summary, isDoubtful }, line) => [
      { text: nameOf(summary.transport) + (isDoubtful ? ' ?' : ''), isBest: false, isDoubtful },
      ...cells.map((column): TableCell => column[line] ?? { text: '', isBest: false }),
    ]),
  };
}

function cellsOf(column: Column, rows: readonly Row[]): TableCell[] {
  if (column.kind === 'ratio') {
    return rows.map((row) => {
      const [middle = '', arrow = '', note = ''] = column.cell(row);
      return { text: `${middle} ${arrow}`.trim(), note, isBest: false };
    });
  }
  const texts = rows.map((row) => column.cell(row)[0] ?? '');
  const best = bestOf(column, rows, texts);
  return rows.map((row, line) => {
    const text = texts[line] ?? '';
    return { text, note: column.interval?.(row) ?? '', isBest: text === best };
  });
}
