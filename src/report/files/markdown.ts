import { markdownTable } from 'markdown-table';
import type { Report } from '../../measurements.ts';
import { bestOf } from '../best.ts';
import { clusterSentences, clusterSheets } from '../cluster/words.ts';
import { type Column, columnsOf, type Row, rowsOf, upToRank } from '../columns.ts';
import { faultTables } from '../faults/files.ts';
import { faultLegend } from '../faults/legend.ts';
import { hasFaults } from '../faults/outcome.ts';
import { troubleSentences } from '../faults/page.ts';
import { phaseFigures, phaseGroupsOf } from '../phases.ts';
import { notesOf } from '../words/flags.ts';
import { interruptionOf, machineOf, workloadOf } from '../words/header.ts';
import { nameOf } from '../words/labels.ts';
import { legendOf } from '../words/legend.ts';
import { absencesOf, sentencesOf } from '../words/sentences.ts';
import type { CpuUnit, Writer } from '../writer.ts';
import { escaped, sheetTable } from './markup.ts';

/** The comparison as GitHub-flavoured Markdown. */
export const markdown: Writer = (report, { cpu }) => {
  const notes = [...absencesOf(report), ...notesOf(report).map(({ text }) => text)];
  const broken = hasFaults(report);
  const paragraphs = [
    `**${escaped(workloadOf(report).join(' · '))}**`,
    escaped(machineOf(report).join(' · ')),
    escaped(interruptionOf(report) ?? ''),
    ...(broken ? faultTables(report) : [table(report, cpu), phaseTable(report)]),
    ...clusterSheets(report).map(sheetTable),
    listOf(notes),
    broken ? listOf(troubleSentences(report)) : escaped(sentencesOf(report, cpu).join(' ')),
    listOf(clusterSentences(report)),
    escaped(broken ? faultLegend(report, true) : legendOf(report, true, cpu)),
  ];
  return `${paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')}\n`;
};

function listOf(sentences: readonly string[]): string {
  return sentences.map((sentence) => `- ${escaped(sentence)}`).join('\n');
}

function table(report: Report, cpu?: CpuUnit): string {
  const columns = upToRank(columnsOf(report, cpu), Number.MAX_SAFE_INTEGER);
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
