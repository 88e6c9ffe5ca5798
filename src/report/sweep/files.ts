import { markdownTable } from 'markdown-table';
import type { Sweep } from '../../measurements/sweep.ts';
import { csvLines, csvText, troubleColumns } from '../files/csv.ts';
import { jsonLines } from '../files/json.ts';
import { escaped, sheetTable } from '../files/markup.ts';
import { notesOf } from '../words/flags.ts';
import { interruptionOf, machineOf, workloadOf } from '../words/header.ts';
import { crossingSentences } from './crossing-words.ts';
import { nodeSentences, nodeSheets } from './nodes.ts';
import { legendOf, roundsOf } from './page.ts';
import { slopeSentences } from './slope-words.ts';
import { type MetricTable, tablesOf } from './tables.ts';
import { shownAxis } from './values.ts';

/** One line for each point and transport, then one for each crossover and slope, each with its `type`. */
export function ndjson({ points, crossovers, slopes }: Sweep): string {
  return jsonLines([
    ...points.map((point) => ({ type: 'point', ...point })),
    ...crossovers.map((crossover) => ({ type: 'crossover', ...crossover })),
    ...slopes.map((slope) => ({ type: 'slope', ...slope })),
  ]);
}

/** One line a round, as in a report's CSV, behind the values of its point. */
export function csv({ vary, points }: Sweep): string {
  const further = troubleColumns(points.flatMap(({ rounds }) => rounds));
  const [head = []] = csvLines([], further);
  const lines = points.flatMap(({ values, rounds }) => {
    const own = vary.map(({ field, names }) => {
      const value = values[field] ?? null;
      return names === null || value === null ? value : (names[value] ?? null);
    });
    return csvLines(rounds, further)
      .slice(1)
      .map((line) => [...own, ...line]);
  });
  return csvText([[...vary.map(({ field }) => `vary:${field}`), ...head], ...lines]);
}

/** The sweep's tables and sentences as GitHub-flavoured Markdown. */
export function markdown(sweep: Sweep): string {
  const whole = { ...sweep, rounds: roundsOf(sweep) };
  const varied = sweep.vary.map(({ field }) => field);
  const subject = `sweep of ${sweep.vary.map(shownAxis).join(' and ')}`;
  const sentences = [...crossingSentences(sweep), ...slopeSentences(sweep), ...nodeSentences(sweep)];
  const paragraphs = [
    `**${escaped([subject, ...workloadOf(whole, varied)].join(' · '))}**`,
    escaped(machineOf(sweep).join(' · ')),
    escaped(interruptionOf(whole) ?? ''),
    ...nodeSheets(sweep).map(sheetTable),
    ...tablesOf(sweep).flatMap((one) => [`${escaped(one.title)}:`, tableOf(one)]),
    notesOf(whole)
      .map(({ text }) => `- ${escaped(text)}`)
      .join('\n'),
    sentences.map((sentence) => `- ${escaped(sentence)}`).join('\n'),
    escaped(legendOf(sweep, true)),
  ];
  return `${paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')}\n`;
}

function tableOf({ head, rows }: MetricTable): string {
  const lines = rows.map(({ name, cells }) => [
    escaped(name),
    ...cells.map(({ text, isBest, isDoubtful }) => {
      const shown = escaped(text) + (isDoubtful ? ' ?' : '');
      return isBest ? `**${shown}**` : shown;
    }),
  ]);
  return markdownTable([head.map(escaped), ...lines], { align: head.map(() => 'r') });
}
