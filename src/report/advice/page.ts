import type { Advice, Judged, Ranked } from '../../measurements/advice.ts';
import type { Round } from '../../measurements.ts';
import { metrics } from '../../stats/index.ts';
import { alignPoint, figure, NONE, ratioFigures } from '../numbers.ts';
import { fits, type GridCell, grid } from '../terminal/grid.ts';
import { headLines, noteLines, page } from '../terminal/page.ts';
import { nameOf } from '../words/labels.ts';
import { clean, wrap } from '../words/text.ts';
import type { Look } from '../writer.ts';

/** What a person reads: the ranking, the answer with its reasons, and when it would be another. */
export function table(advice: Advice, look: Look): string {
  const { columns, chalk } = look;
  const { ranking } = advice;
  const flips = flipsOf(advice);
  const item = (text: string) =>
    wrap(text, columns - 2).map((line, at) => `${at === 0 ? '- ' : '  '}${line}`);
  return page([
    headLines(advice, ['advice'], look),
    adjustmentOf(advice).flatMap((text) => wrap(text, columns)),
    widestThatFits(advice, look),
    noteLines({ rounds: roundsOf(advice) }, look),
    unrankedOf(advice).flatMap((text) => wrap(text, columns)),
    wrap(answerOf(advice), columns).map((line) => chalk.bold(line)),
    ranking.flatMap((ranked) => item(sentenceOf(ranked))),
    flips.length === 0 ? [] : ['When the answer would be another:', ...flips.flatMap(item)],
    wrap(furtherOf(advice), columns),
    ranking.length === 0 ? [] : wrap(legendOf(), columns).map((line) => chalk.dim(line)),
  ]);
}

/** Every round it rests on, also of the looks at where the answer would be another. */
export function roundsOf({ rounds, flips }: Advice): Round[] {
  return [...rounds, ...flips.points.flatMap((point) => point.rounds)];
}

/** What to take. */
export function answerOf({ answer }: Advice): string {
  return clean(answer.text);
}

/** When it would be another, each change in a sentence. */
export function flipsOf({ flips }: Advice): string[] {
  return flips.text.map(clean);
}

/** How the measured workload differs from the scenario; empty where it does not. */
export function adjustmentOf({ adjusted }: Advice): string[] {
  return adjusted.length === 0 ? [] : [`For a quick answer: ${clean(adjusted.join(', '))}.`];
}

/** Who has no place, and why. */
export function unrankedOf({ unranked }: Advice): string[] {
  return unranked.map(({ transport, why }) => `${nameOf(transport)} has no place: ${clean(why)}.`);
}

/** A transport with its reasons and what it brings, in one sentence. */
export function sentenceOf({ transport, reasons, features }: Ranked): string {
  const brings = features === '' ? '' : ` In short: ${clean(features)}.`;
  return `${nameOf(transport)}: ${clean(reasons.join('; '))}.${brings}`;
}

/** What looks for the changes that there was no time for; empty where it was done. */
export function furtherOf({ command, criteria, flips, scenario }: Advice): string {
  if (flips.vary !== null) return '';
  const named = command.indexOf('--scenario');
  const name = named < 0 ? undefined : command[named + 1];
  const subject = name === undefined ? '' : ` --scenario ${clean(name)}`;
  // Where nothing is said the rate changes nothing.
  const isSilent = criteria.length > 0 && criteria.every((criterion) => criterion.name !== 'latency');
  const [option, own] = isSilent ? ['clients', scenario.clients] : ['rate', scenario.ratePerSecond];
  const values = [0.25, 1, 4].map((factor) => Number((own * factor).toPrecision(3)));
  const call = `rtbench sweep${subject} --vary ${option}=${values.join(',')}`;
  return `Where the order changes along ${isSilent ? 'the clients' : 'the rate'} was not looked for: \`${call}\` does.`;
}

/** How the table is to be read. */
export function legendOf(): string {
  return 'places are shared where the interval of all criteria together (the geometric mean of their ratios) holds 1 · ≈ not told apart from the best of its column';
}

/** One column of the ranking: what it is, in which unit, and a cell for each transport. */
interface Column {
  readonly head: string;
  readonly unit: string;
  readonly align: 'left' | 'right';
  readonly cells: readonly string[];
}

/** The ranking's columns, left to right. */
export function columnsOf({ ranking, criteria }: Advice): Column[] {
  const column = (head: string, align: Column['align'], of: (ranked: Ranked) => string): Column => {
    return { head, unit: '', align, cells: ranking.map(of) };
  };
  return [
    column('place', 'right', ({ place }) => String(place)),
    column('transport', 'left', ({ transport }) => nameOf(transport)),
    column('over all', 'left', ({ overall }) => overallCell(overall)),
    ...criteria.flatMap(({ name, metric }, at) => {
      const { unit, digits } = metrics[metric];
      const [shown, each] = name === 'memory' ? ['KB', 1000] : [unit, 1];
      const values = column(name, 'right', ({ criteria: own }) =>
        figure((own[at]?.median ?? Number.NaN) / each, digits),
      );
      const ratios = column('', 'left', ({ criteria: own }) => standingCell(own[at]));
      return [{ ...values, unit: shown, cells: alignPoint(values.cells) }, ratios];
    }),
    column('resumes', 'right', ({ resumes }) => (resumes ? 'yes' : 'no')),
  ];
}

function standingCell(judged: Judged | undefined): string {
  if (judged === undefined) return NONE;
  if (judged.ratio === null) return judged.isBest ? 'best' : NONE;
  return judged.isBest ? '≈' : `×${ratioFigures([judged.ratio])[0]}`;
}

function overallCell(overall: Ranked['overall']): string {
  if (overall === null) return '1';
  const [ratio] = ratioFigures([overall.ratio]);
  return overall.verdict === 'indistinguishable' ? '≈ 1' : `×${ratio}`;
}

function widestThatFits(advice: Advice, look: Look): string[] {
  if (advice.ranking.length === 0) return [];
  const all = columnsOf(advice);
  // The ratios beside the figures go first.
  const drawn = [all, all.filter(({ head }) => head !== '')].map((columns) => gridOf(columns, look));
  return drawn.find((lines) => fits(lines, look.columns)) ?? drawn.at(-1) ?? [];
}

function gridOf(columns: readonly Column[], { chalk }: Look): string[] {
  const row = (of: (column: Column) => string): GridCell[] =>
    columns.map((column) => ({ text: `${of(column)} `, align: column.align }));
  const many = columns[0]?.cells.length ?? 0;
  return grid([
    row(({ head }) => head),
    row(({ unit }) => chalk.dim(unit)),
    ...Array.from({ length: many }, (_, index) => row(({ cells }) => cells[index] ?? '')),
  ]);
}
