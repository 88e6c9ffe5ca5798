import { markdownTable } from 'markdown-table';
import { ratioParts } from '../columns.ts';
import { csvText } from '../files/csv.ts';
import { jsonLines } from '../files/json.ts';
import { escaped } from '../files/markup.ts';
import { figure, NONE } from '../numbers.ts';
import { nameOf } from '../words/labels.ts';
import type { Look } from '../writer.ts';
import type { Diff } from './make.ts';
import { rowsOf } from './rows.ts';
import { legendOf, originsOf, sentencesOf } from './words.ts';

/** One line a comparison. */
export function ndjson({ comparisons }: Diff): string {
  return jsonLines(comparisons.map((comparison) => ({ type: 'comparison', ...comparison })));
}

/** One line for every metric of every transport, with both medians. */
export function csv({ figures, comparisons }: Diff): string {
  const head = ['transport', 'metric', 'before', 'after', 'ratio', 'low', 'high', 'verdict', 'leastEffect'];
  const lines = figures.map(({ transport, metric, before, after }) => {
    const found = comparisons.find(
      (comparison) => comparison.transport === transport && comparison.metric === metric,
    );
    const { ratio = null, low = null, high = null, verdict = null, leastEffect = null } = found ?? {};
    return [transport, metric, before, after, ratio, low, high, verdict, leastEffect];
  });
  return csvText([head, ...lines]);
}

/** The diff as GitHub-flavoured Markdown. */
export function markdown(diff: Diff, { cpu }: Look): string {
  const rows = rowsOf(diff, cpu);
  const table = markdownTable(
    [
      ['transport', 'metric', 'A', 'B', 'B/A', '95% interval'],
      ...rows.map(({ transport, label, unit, before, after, comparison }) => {
        const [middle = '', arrow = '', interval = ''] =
          comparison === undefined ? [NONE] : ratioParts(comparison);
        const name = unit === '' ? label : `${label}, ${unit}`;
        const cells = [nameOf(transport), name, figure(before), figure(after)];
        return [...cells, `${middle} ${arrow}`.trim(), interval].map(escaped);
      }),
    ],
    { align: ['l', 'l', 'r', 'r', 'l', 'l'] },
  );
  const paragraphs = [
    originsOf(diff).map(escaped).join('  \n'),
    table,
    diff.notes.map((note) => `- ${escaped(note)}`).join('\n'),
    escaped(sentencesOf(rows).join(' ')),
    escaped(legendOf(rows)),
  ];
  return `${paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')}\n`;
}
