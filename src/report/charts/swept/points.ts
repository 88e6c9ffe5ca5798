import type { Sweep, SweepPoint, Values, Varied } from '../../../measurements/sweep.ts';
import type { MetricKey } from '../../../measurements.ts';
import { metrics } from '../../../stats/index.ts';
import { figure } from '../../numbers.ts';
import { pointsOf } from '../../sweep/tables.ts';
import { shownPlace } from '../../sweep/values.ts';
import { capital, clean } from '../../words/text.ts';

/** One metric along the first varied field, the others held. */
export interface Sweeping {
  readonly sweep: Sweep;
  readonly varied: Varied;
  readonly at: Values;
  readonly metric: MetricKey;
}

/** The points of a transport that have the metric, along the varied field. */
export function told({ sweep, at, varied, metric }: Sweeping, transport: string): SweepPoint[] {
  return pointsOf(sweep, at, transport)
    .filter((point) => point.metrics[metric] !== undefined && point.values[varied.field] !== undefined)
    .toSorted((one, other) => xOf(one, varied) - xOf(other, varied));
}

/** Where a point stands along the varied field. */
export function xOf({ values }: SweepPoint, { field }: Varied): number {
  return values[field] ?? 0;
}

/** Rounded as the metric is wherever it is told. */
export function showing(metric: MetricKey): (value: number) => string {
  return (value) => figure(value, metrics[metric].digits);
}

/** `Poll-interval 100 ms: server CPU per message by rate`. */
export function titled({ metric, at, sweep, varied }: Sweeping): string {
  return capital(`${shownPlace(at, sweep.vary)}${metrics[metric].label} by ${clean(varied.option)}`);
}
