import { markdownTable } from 'markdown-table';
import type { Advice } from '../../measurements/advice.ts';
import { csvText } from '../files/csv.ts';
import { jsonLines } from '../files/json.ts';
import { escaped } from '../files/markup.ts';
import { notesOf } from '../words/flags.ts';
import { interruptionOf, machineOf, workloadOf } from '../words/header.ts';
import {
  adjustmentOf,
  answerOf,
  columnsOf,
  flipsOf,
  furtherOf,
  legendOf,
  roundsOf,
  sentenceOf,
  unrankedOf,
} from './page.ts';

/** One line for each place, then the answer and when it would be another, each with its `type`. */
export function ndjson({ ranking, unranked, answer, flips }: Advice): string {
  return jsonLines([
    ...ranking.map((ranked) => ({ type: 'ranked', ...ranked })),
    ...unranked.map((one) => ({ type: 'unranked', ...one })),
    { type: 'answer', ...answer },
    { type: 'flips', ...flips },
  ]);
}

/** One line for each place and criterion. */
export function csv({ ranking }: Advice): string {
  const head = [
    'place',
    'transport',
    'overall',
    'criterion',
    'metric',
    'median',
    'low',
    'high',
    'ratio',
    'isBest',
  ];
  const lines = ranking.flatMap(({ place, transport, overall, criteria }) =>
    criteria.map(({ name, metric, median, low, high, ratio, isBest }) => {
      const own = [place, transport, overall?.ratio ?? 1];
      return [...own, name, metric, median, low, high, ratio, isBest];
    }),
  );
  return csvText([head, ...lines]);
}

/** The advice as GitHub-flavoured Markdown. */
export function markdown(advice: Advice): string {
  const { ranking } = advice;
  const flips = flipsOf(advice);
  const list = (items: readonly string[]) => items.map((text) => `- ${escaped(text)}`).join('\n');
  const paragraphs = [
    `**${escaped(['advice', ...workloadOf(advice)].join(' · '))}**`,
    escaped(machineOf(advice).join(' · ')),
    escaped(interruptionOf(advice) ?? ''),
    ...adjustmentOf(advice).map(escaped),
    ranking.length === 0 ? '' : tableOf(advice),
    list([...unrankedOf(advice), ...notesOf({ rounds: roundsOf(advice) }).map(({ text }) => text)]),
    `**${escaped(answerOf(advice))}**`,
    list(ranking.map(sentenceOf)),
    flips.length === 0 ? '' : 'When the answer would be another:',
    list(flips),
    escaped(furtherOf(advice)),
    ranking.length === 0 ? '' : escaped(legendOf()),
  ];
  return `${paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')}\n`;
}

function tableOf(advice: Advice): string {
  const columns = columnsOf(advice);
  const rows = advice.ranking.map((_, row) => columns.map(({ cells }) => escaped((cells[row] ?? '').trim())));
  return markdownTable([
    columns.map(({ head, unit }) => escaped(unit === '' ? head : `${head}, ${unit}`)),
    ...rows,
  ]);
}
