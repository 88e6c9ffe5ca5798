import type { Sweep, Values } from '../../measurements/sweep.ts';
import type { Round } from '../../measurements.ts';
import { OUTAGE_LEGEND } from '../cluster/redis.ts';
import { alignPoint } from '../numbers.ts';
import { fits, type GridCell, grid } from '../terminal/grid.ts';
import { headLines, noteLines, page } from '../terminal/page.ts';
import { sheetLines } from '../terminal/sheet.ts';
import { clean, wrap } from '../words/text.ts';
import type { Look } from '../writer.ts';
import { chartLines } from './chart.ts';
import { crossingSentences } from './crossing-words.ts';
import { nodeSentences, nodeSheets } from './nodes.ts';
import { slopeSentences } from './slope-words.ts';
import { type MetricTable, placesOf, pointsOf, tablesOf, titleOf } from './tables.ts';
import { shownAxis, shownPlace, shownValue } from './values.ts';

/** What a person reads: a table for each metric, a picture of the first, and what follows from them. */
export function table(sweep: Sweep, look: Look): string {
  const { columns, chalk } = look;
  const rounds = roundsOf(sweep);
  const varied = sweep.vary.map(({ field }) => field);
  const subject = [`sweep of ${sweep.vary.map(shownAxis).join(' and ')}`];
  const sentences = [...crossingSentences(sweep), ...slopeSentences(sweep), ...nodeSentences(sweep)];
  return page([
    headLines({ ...sweep, rounds }, subject, look, varied),
    ...nodeSheets(sweep).map((sheet) => sheetLines(sheet, look)),
    ...tablesOf(sweep).map((one) => tableLines(one, look)),
    ...placesOf(sweep).map((at) => chartOf(sweep, at, look)),
    noteLines({ rounds }, look),
    sentences.flatMap((sentence) => wrap(sentence, columns)),
    wrap(legendOf(sweep, chalk.level > 0), columns).map((line) => chalk.dim(line)),
  ]);
}

/** Every round of the sweep. */
export function roundsOf({ points }: Sweep): Round[] {
  return points.flatMap(({ rounds }) => rounds);
}

/** How the tables' marks are to be read. */
export function legendOf(sweep: Sweep, coloured: boolean): string {
  const isDoubtful = sweep.points.some(({ validRounds, rounds }) => validRounds < rounds.length);
  const isOfWords = sweep.vary[0]?.names !== null;
  return [
    ...(isDoubtful ? ['? without its invalid rounds, see the notes'] : []),
    `${coloured ? 'bold' : '*'} best of its row`,
    'medians of the valid rounds, their intervals are in the JSON',
    ...(isOfWords ? [] : LINE_LEGEND),
    ...(sweep.scenario.faults.some(({ fault }) => fault.startsWith('redis-')) ? [OUTAGE_LEGEND] : []),
  ].join(' · ');
}

const LINE_LEGEND = [
  'a crossover is told where paired rounds tell the order on both sides, each at 95%',
  'slopes by least squares over all valid rounds, 95% interval',
];

function tableLines(one: MetricTable, look: Look): string[] {
  const lines = gridOf(one, look);
  // Values in columns need less room where the transports are many and their names long.
  const drawn = fits(lines, look.columns) ? lines : gridOf(transposed(one), look);
  return [look.chalk.bold(one.title), ...drawn];
}

function gridOf({ head, rows }: MetricTable, { chalk }: Look): string[] {
  const columns = head
    .slice(1)
    .map((_, place) => alignPoint(rows.map(({ cells }) => cells[place]?.text ?? '')));
  const body = rows.map(({ name, cells }, row): GridCell[] => [
    { text: `  ${name} ` },
    ...cells.map(({ isBest, isDoubtful }, place) => {
      const text = columns[place]?.[row] ?? '';
      const mark = isDoubtful ? '?' : isBest && chalk.level === 0 ? '*' : ' ';
      const shown = `${text.trimEnd()}${mark}`.padEnd(text.length + 1);
      return { text: ` ${isBest ? chalk.bold(shown) : shown}` };
    }),
  ]);
  const names = head.map((name, place) => ({ text: place === 0 ? `  ${name} ` : `${name} ` }));
  return grid([names.map(({ text }) => ({ text: chalk.dim(text) })), ...body]);
}

function transposed(one: MetricTable): MetricTable {
  const [corner = '', ...names] = one.head;
  const rows = names.map((name, place) => ({
    name,
    cells: one.rows.map(({ cells }) => cells[place] ?? { text: '', isBest: false, isDoubtful: false }),
  }));
  return { ...one, head: [corner, ...one.rows.map(({ name }) => name)], rows };
}

function chartOf(sweep: Sweep, at: Values, look: Look): string[] {
  const [first] = sweep.vary;
  const [metric] = sweep.metrics;
  // Words have no places on an axis.
  if (first === undefined || metric === undefined || first.names !== null) return [];
  const series = sweep.transports.map((transport) => ({
    transport,
    points: pointsOf(sweep, at, transport).flatMap(({ values, metrics }) => {
      const [x, y] = [values[first.field], metrics[metric]?.median];
      return x === undefined || y === undefined ? [] : [{ x, y }];
    }),
  }));
  const lines = chartLines(series, (x) => shownValue(first, x), look);
  if (lines.length === 0) return [];
  return [
    look.chalk.bold(`${shownPlace(at, sweep.vary)}${titleOf(metric)} against ${clean(first.option)}`),
    ...lines,
  ];
}
