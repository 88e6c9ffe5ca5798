import type { Sweep, SweepPoint, Values } from '../../measurements/sweep.ts';
import type { MetricKey } from '../../measurements.ts';
import { metrics } from '../../stats/index.ts';
import { figure, NONE } from '../numbers.ts';
import { nameOf } from '../words/labels.ts';
import { clean } from '../words/text.ts';
import { shownPlace, shownValue } from './values.ts';

/** One metric along the first varied field, as every format prints it. */
export interface MetricTable {
  readonly metric: MetricKey;
  readonly title: string;
  readonly at: Values;
  /** The varied field's option, then the transports. */
  readonly head: readonly string[];
  /** The field's value, then a cell for each transport. */
  readonly rows: readonly Row[];
}

interface Row {
  readonly name: string;
  readonly cells: readonly Cell[];
}

/** A figure, whether all of its rounds count, and whether it is the row's best. */
export interface Cell {
  readonly text: string;
  readonly isDoubtful: boolean;
  readonly isBest: boolean;
}

/** A table for each metric and each combination of the other varied fields. */
export function tablesOf(sweep: Sweep): MetricTable[] {
  return placesOf(sweep).flatMap((at) => sweep.metrics.map((metric) => tableOf(sweep, metric, at)));
}

/** Every combination of the varied fields but the first. */
export function placesOf({ vary }: Sweep): Values[] {
  return vary
    .slice(1)
    .reduce<Values[]>(
      (places, { field, values }) =>
        places.flatMap((place) => values.map((value) => ({ ...place, [field]: value }))),
      [{}],
    );
}

/** A transport's points along the first varied field. */
export function pointsOf({ points }: Sweep, at: Values, transport: string): SweepPoint[] {
  return points.filter(
    (point) =>
      point.transport === transport &&
      Object.entries(at).every(([field, value]) => point.values[field] === value),
  );
}

/** `server CPU per message, µs`. */
export function titleOf(metric: MetricKey): string {
  const { label, unit } = metrics[metric];
  return unit === '' ? label : `${label}, ${unit}`;
}

function tableOf(sweep: Sweep, metric: MetricKey, at: Values): MetricTable {
  const [first] = sweep.vary;
  const columns = sweep.transports.map((transport) => pointsOf(sweep, at, transport));
  const rows = (first?.values ?? []).map((value) => {
    const own = columns.map((points) => points.find(({ values }) => values[first?.field ?? ''] === value));
    return { name: first === undefined ? '' : shownValue(first, value), cells: cellsOf(own, metric) };
  });
  return {
    metric,
    title: `${shownPlace(at, sweep.vary)}${titleOf(metric)}`,
    at,
    head: [clean(first?.option ?? ''), ...sweep.transports.map(nameOf)],
    rows,
  };
}

function cellsOf(points: readonly (SweepPoint | undefined)[], metric: MetricKey): Cell[] {
  const { digits, better } = metrics[metric];
  const medians = points.map((point) => point?.metrics[metric]?.median);
  const texts = medians.map((median) => figure(median, digits));
  const told = medians.filter((median) => median !== undefined);
  const best = texts[medians.indexOf(better === 'lower' ? Math.min(...told) : Math.max(...told))];
  // What more than half of them are marks nothing.
  const marks = told.length > 1 && texts.filter((text) => text === best).length <= told.length / 2;
  return points.map((point, index) => {
    const text = texts[index] ?? NONE;
    const isDoubtful = point !== undefined && point.validRounds < point.rounds.length;
    return { text, isDoubtful, isBest: marks && text === best };
  });
}
