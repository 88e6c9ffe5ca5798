import { markdownTable } from 'markdown-table';
import type { Report } from '../../measurements.ts';
import { bestOf } from '../best.ts';
import { clusterSentences, clusterSheets } from '../cluster/words.ts';
import { type Column, columnsOf, type Row, rowsOf, upToRank } from '../columns.ts';
import { faultTables } from '../faults/files.ts';
import { faultLegend } from '../faults/legend.ts';
import { hasFaults } from '../faults/outcome.ts';
import { troubleSentences } from '../faults/page.ts';
import { folded, gateMarkdown } from '../gates/markdown.ts';
import { phaseFigures, phaseGroupsOf } from '../phases.ts';
import { notesOf } from '../words/flags.ts';
import { interruptionOf, machineOf, workloadOf } from '../words/header.ts';
import { nameOf } from '../words/labels.ts';
import { legendOf } from '../words/legend.ts';
import { absencesOf, sentencesOf } from '../words/sentences.ts';
import type { CpuUnit, Writer } from '../writer.ts';
import { escaped, sheetTable } from './markup.ts';

/** Columns up to here fit into a comment or a job summary. */
const NARROW = 9;

/** The comparison as GitHub-flavoured Markdown: what it means first, what few need folded away. */
export const markdown: Writer = (report, { cpu }) => {
  const notes = [...absencesOf(report), ...notesOf(report).map(({ text }) => text)];
  const broken = hasFaults(report);
  const [shown, all] = [NARROW, Number.MAX_SAFE_INTEGER].map((rank) =>
    upToRank(columnsOf(report, cpu), rank),
  );
  const machine = escaped(machineOf(report).join(' · '));
  const paragraphs = [
    `**${escaped(workloadOf(report).join(' · '))}**`,
    escaped(interruptionOf(report) ?? ''),
    broken ? listOf(troubleSentences(report)) : escaped(verdictOf(report, cpu)),
    ...gateMarkdown(report),
    ...(broken ? faultTables(report) : [table(report, shown), phaseTable(report)]),
    ...clusterSheets(report).map(sheetTable),
    listOf(clusterSentences(report)),
    listOf(notes),
    escaped(broken ? faultLegend(report, true) : legendOf(report, true, cpu)),
    ...(broken ? [machine] : folded('Machine and versions, and every column', machine, table(report, all))),
  ];
  return `${paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')}\n`;
};

function listOf(sentences: readonly string[]): string {
  return sentences.map((sentence) => `- ${escaped(sentence)}`).join('\n');
}

/** What the comparison means; a transport alone needs no such words. */
function verdictOf(report: Report, cpu?: CpuUnit): string {
  const isAlone =
    report.summaries.length === 1 && report.summaries.some(({ validRounds }) => validRounds > 0);
  return isAlone ? '' : sentencesOf(report, cpu).join(' ');
}

function table(report: Report, columns: readonly Column[] = []): string {
  const rows = rowsOf(report);
  const cells = columns.map((column) => cellsOf(column, rows));
  const names = rows.map(
    ({ summary, isDoubtful }) => escaped(nameOf(summary.transport)) + (isDoubtful ? ' ?' : ''),
  );
  return markdownTable(
    [
      ['transport', ...columns.map(headOf)],
      ...names.map((name, index) => [name, ...cells.map((column) => column[index])]),
    ],
    { align: ['l', ...columns.map(({ kind }) => (kind === 'ratio' ? 'l' : 'r'))] },
  );
}

/** The window's phases, each with every transport; nothing where there are none. */
function phaseTable(report: Report): string {
  const groups = phaseGroupsOf(report, phaseFigures);
  const head = ['phase', 'msg/s', 'transport', ...phaseFigures.map(({ head }) => head.join(', '))];
  const lines = groups.flatMap(({ name, pace, rows }) =>
    rows.map(({ transport, cells }) => [name, pace, transport, ...cells].map(escaped)),
  );
  if (lines.length === 0) return '';
  return markdownTable([head, ...lines], { align: head.map((_, place) => (place < 3 ? 'l' : 'r')) });
}

function headOf({ group, name, unit }: Column): string {
  const title = [group, name]
    .filter((word) => word !== '')
    .join(' ')
    .replace(' /', '/');
  return escaped(unit === '' ? title : `${title}, ${unit}`);
}

function cellsOf(column: Column, rows: readonly Row[]): string[] {
  const texts = rows.map((row) =>
    column
      .cell(row)
      .filter((part) => part !== '')
      .join(' '),
  );
  const best = bestOf(column, rows, texts);
  return texts.map((text) => (text === best ? `**${escaped(text)}**` : escaped(text)));
}
