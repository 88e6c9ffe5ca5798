import { markdownTable } from 'markdown-table';
import type { Fallback } from '../../measurements.ts';
import { csvText } from '../files/csv.ts';
import { jsonLines } from '../files/json.ts';
import { escaped } from '../files/markup.ts';
import { nameOf } from '../words/labels.ts';
import { cellsOf } from './rows.ts';
import { crossingLine, failuresOf, legendOf, mismatchTitle, placeOf, sentencesOf, workOf } from './words.ts';

/** One line a try, then one for each mismatch. */
export function ndjson({ tries, mismatches }: Fallback): string {
  return jsonLines([
    ...tries.map((one) => ({ type: 'try', ...one })),
    ...mismatches.map((one) => ({ type: 'mismatch', ...one })),
  ]);
}

const CSV_COLUMNS = [
  'transport',
  'way',
  'outcome',
  'carrying',
  'tookMs',
  'settledMs',
  'sent',
  'delivered',
  'byHttp',
  'byWebSocket',
  'connections',
  'bytesUp',
  'bytesDown',
] as const;

/** One line a try. */
export function csv({ tries }: Fallback): string {
  const lines = tries.map((one) => [
    ...CSV_COLUMNS.map((name) => one[name]),
    one.error?.code ?? null,
    one.error?.message ?? null,
  ]);
  return csvText([[...CSV_COLUMNS, 'errorCode', 'error'], ...lines]);
}

/** The result as GitHub-flavoured Markdown. */
export function markdown(found: Fallback): string {
  const { head, lines } = cellsOf(found);
  const rows = lines.map((line, index) => [nameOf(found.tries[index]?.transport ?? ''), ...line]);
  const paragraphs = [
    `**${escaped(workOf(found).join(' · '))}**`,
    escaped(placeOf(found).join(' · ')),
    found.interrupted ? 'Interrupted: made from the tries that were finished.' : '',
    markdownTable([['transport', ...head], ...rows.map((row) => row.map(escaped))], {
      align: ['l', 'l', 'l', 'r', 'r', 'r', 'r', 'r', 'l'],
    }),
    sentencesOf(found).map(escaped).join(' '),
    failuresOf(found)
      .map((line) => `- ${escaped(line)}`)
      .join('\n'),
    ...found.mismatches.flatMap((one) => [
      `### ${escaped(mismatchTitle(one))}`,
      one.crossed.map((crossed) => `    ${crossingLine(crossed)}`).join('\n'),
    ]),
    escaped(legendOf()),
  ];
  return `${paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')}\n`;
}
