import type { Report } from '../../measurements.ts';
import { bestOf } from '../best.ts';
import { clusterSentences, clusterSheets } from '../cluster/words.ts';
import { type Column, columnsOf, type Row, rowsOf, upToRank } from '../columns.ts';
import { faultLegend } from '../faults/legend.ts';
import { hasFaults } from '../faults/outcome.ts';
import { faultParagraphs, troubleSentences } from '../faults/page.ts';
import { gateParagraphs } from '../gates/lines.ts';
import { alignPoint } from '../numbers.ts';
import { nameOf } from '../words/labels.ts';
import { legendOf } from '../words/legend.ts';
import { absencesOf, sentencesOf } from '../words/sentences.ts';
import { wrap } from '../words/text.ts';
import type { Look, Writer } from '../writer.ts';
import { fits, type GridCell, grid } from './grid.ts';
import { headLines, noteLines, page } from './page.ts';
import { phaseLines } from './phase-table.ts';
import { sheetLines } from './sheet.ts';

/** Several transports side by side, and what that means for the workload. */
export const compareTable: Writer = (report, look) => {
  const { columns, chalk, cpu } = look;
  const absences = absencesOf(report).flatMap((text) => wrap(text, columns));
  const broken = hasFaults(report);
  const legend = broken ? faultLegend(report, chalk.level > 0) : legendOf(report, chalk.level > 0, cpu);
  return page([
    headLines(report, [], look),
    ...(broken ? faultParagraphs(report, look) : measuredParagraphs(report, look)),
    ...clusterSheets(report).map((sheet) => sheetLines(sheet, look)),
    [...absences, ...noteLines(report, look)],
    ...proseOf(report, look),
    wrap(legend, columns).map((line) => chalk.dim(line)),
    ...gateParagraphs(report, look),
  ]);
};

function measuredParagraphs(report: Report, look: Look): string[][] {
  const rows = rowsOf(report);
  if (!rows.some(hasFigures)) return [];
  return [widestThatFits(columnsOf(report, look.cpu), rows, look), phaseLines(report, look)];
}

/** What it means: a paragraph, or a line a finding where things went wrong. */
function proseOf(report: Report, { columns, cpu }: Look): string[][] {
  const lines = (sentences: readonly string[]) => sentences.flatMap((sentence) => wrap(sentence, columns));
  const ofNodes = lines(clusterSentences(report));
  return hasFaults(report)
    ? [[...ofNodes, ...lines(troubleSentences(report))]]
    : [wrap(sentencesOf(report, cpu).join(' '), columns), ofNodes];
}

function hasFigures({ summary }: Row): boolean {
  return summary.validRounds > 0;
}

/** Drops whole columns, the least important first, until every line fits. */
function widestThatFits(all: readonly Column[], rows: readonly Row[], look: Look): string[] {
  const ranks = [...new Set(all.map(({ rank }) => rank))].toSorted((a, b) => b - a);
  for (const rank of ranks) {
    const lines = tableLines(upToRank(all, rank), rows, look);
    if (fits(lines, look.columns)) return lines;
  }
  return tableLines(upToRank(all, Math.min(...ranks)), rows, look);
}

function tableLines(columns: readonly Column[], rows: readonly Row[], look: Look): string[] {
  const cells = columns.map((column) => cellsOf(column, rows, look));
  const { dim } = look.chalk;
  const body = rows.map((row, index): GridCell[] => {
    const name = nameOf(row.summary.transport) + (row.isDoubtful ? '?' : ' ');
    const line = [name, ...cells.map((column) => column[index] ?? '')];
    return line.map((text, place) => {
      const align = place === 0 || columns[place - 1]?.kind === 'ratio' ? 'left' : 'right';
      // Blanks inside colour would count as part of the line.
      const shown = align === 'left' ? text.trimEnd() : text;
      return { text: row.isDoubtful ? dim(shown) : text, align };
    });
  });
  return grid([...headRows(columns, look), ...body]);
}

function headRows(columns: readonly Column[], { chalk }: Look): GridCell[][] {
  const head = (column: Column, text: string): GridCell =>
    column.kind === 'ratio' ? { text, align: 'left' } : { text: `${text} ` };
  return [
    [{ text: '' }, ...groupsOf(columns)],
    [{ text: 'transport ', align: 'left' }, ...columns.map((column) => head(column, column.name))],
    [{ text: '' }, ...columns.map((column) => head(column, chalk.dim(column.unit)))],
  ];
}

function groupsOf(columns: readonly Column[]): GridCell[] {
  const groups: (GridCell & { readonly span: number })[] = [];
  for (const { group, kind } of columns) {
    const last = groups.at(-1);
    if (last?.text.trim() === group && group !== '')
      groups[groups.length - 1] = { ...last, span: last.span + 1 };
    else
      groups.push({
        text: kind === 'ratio' ? group : `${group} `,
        span: 1,
        align: kind === 'ratio' ? 'left' : 'right',
      });
  }
  return groups;
}

function cellsOf(column: Column, rows: readonly Row[], look: Look): string[] {
  if (column.kind === 'ratio')
    return ratioCells(
      rows.map((row) => column.cell(row)),
      look,
    );
  const texts = rows.map((row) => column.cell(row)[0] ?? '');
  const best = bestOf(column, rows, texts);
  const { chalk } = look;
  return alignPoint(texts).map((text, index) => {
    if (texts[index] !== best) return `${text} `;
    return chalk.level > 0 ? `${chalk.bold(text)} ` : `${text.trimEnd()}*`.padEnd(text.length + 1);
  });
}

function ratioCells(cells: readonly (readonly string[])[], { chalk }: Look): string[] {
  const places = cells[0]?.map((_, place) => place) ?? [];
  const widths = places.map((place) => Math.max(...cells.map((parts) => parts[place]?.length ?? 0)));
  return cells.map((parts) =>
    parts
      .map((part, place) => part.padEnd(widths[place] ?? 0))
      .join(' ')
      .concat(' ')
      .replace('▲', chalk.yellow('▲'))
      .replace('▼', chalk.green('▼')),
  );
}
