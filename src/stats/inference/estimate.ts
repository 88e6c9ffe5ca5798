import type { Estimate } from '../../measurements.ts';
import { bootstrapMedian, medianOf } from './bootstrap.ts';
import { FEWEST_VALUES, intervalOf } from './interval.ts';

/** The median with its bootstrap 95% interval; undefined without values, no interval below three. */
export function estimate(values: readonly number[]): Estimate | undefined {
  const median = medianOf(values);
  if (median === undefined) return undefined;
  if (values.length < FEWEST_VALUES) return { median, low: null, high: null };
  if (values.every((value) => value === median)) return { median, low: median, high: median };
  // Costs and times scatter by factors rather than by amounts; only what can be zero or below stays as it is.
  if (values.every((value) => value > 0)) {
    const { low, high } = intervalOf(bootstrapMedian(values.map(Math.log)));
    return { median, low: Math.min(median, Math.exp(low)), high: Math.max(median, Math.exp(high)) };
  }
  const { low, high } = intervalOf(bootstrapMedian(values));
  const least = values.some((value) => value < 0) ? Number.NEGATIVE_INFINITY : 0;
  return { median, low: Math.max(least, low), high };
}
