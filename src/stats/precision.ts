import type { MetricKey, Round } from '../measurements.ts';
import { compareTogether, yardstickOf } from './compare.ts';
import { estimate } from './inference/estimate.ts';
import { metricOf } from './metrics.ts';

/**
 * Half of an interval's width as a share of what it is about: the widest of a metric's ratios, or of its median where
 * there is only one transport. Infinite without an interval, undefined where there is nothing to have one of.
 */
export function precisionOf(
  rounds: readonly Round[],
  metric: MetricKey,
  transports: readonly string[],
): number | undefined {
  const widths = (
    transports.length === 1 ? ownMedian(rounds, metric) : ratios(rounds, metric, transports)
  ).map(({ middle, low, high }) =>
    low === null || high === null ? Number.POSITIVE_INFINITY : (high - low) / 2 / middle,
  );
  return widths.length === 0 ? undefined : Math.max(...widths);
}

interface Bounded {
  readonly middle: number;
  readonly low: number | null;
  readonly high: number | null;
}

function ownMedian(rounds: readonly Round[], metric: MetricKey): Bounded[] {
  const values = rounds.filter(({ valid }) => valid).map((round) => metricOf(round, metric));
  const found = estimate(values.filter((value) => value !== null));
  // Nothing is a share of a median of zero.
  return found === undefined || found.median === 0 ? [] : [{ ...found, middle: found.median }];
}

function ratios(rounds: readonly Round[], metric: MetricKey, transports: readonly string[]): Bounded[] {
  const against = yardstickOf(rounds, transports);
  if (against === undefined) return [];
  const others = transports.filter((transport) => transport !== against);
  return compareTogether(rounds, metric, others, against).map((found) => ({ ...found, middle: found.ratio }));
}
