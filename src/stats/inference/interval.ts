import type { Middle } from './bootstrap.ts';
import { studentQuantile } from './student.ts';

/** Of every interval that is told. */
export const CONFIDENCE = 0.95;
/** What a normal value stays below with that confidence, either way. */
const NORMAL = 1.959964;
/** The same for a power of 85%: eight of ten then holds also where now and then a round lies far off. */
const POWER = 1.036433;

/** With fewer values there is neither an interval nor a verdict. */
export const FEWEST_VALUES = 3;

/** Where the difference of two middles, or one middle alone, may lie. */
export interface Interval {
  readonly at: number;
  readonly low: number;
  readonly high: number;
  readonly error: number;
  /** The least distance from zero that fresh values scattering like these would show in eight of ten tries. */
  readonly leastSeen: number;
}

/**
 * The bootstrap gives the interval's shape, Student's t its width: percentiles alone never leave the range of the values,
 * and with three values hold only three times in four. So many intervals taken together hold at 95% (Bonferroni).
 */
export function intervalOf(middle: Middle, together = 1, less?: Middle): Interval {
  const at = middle.at - (less?.at ?? 0);
  const deviations = middle.deviations
    .map((deviation, index) => deviation - (less?.deviations[index] ?? 0))
    .sort();
  const freedom = freedomOf(less === undefined ? [middle] : [middle, less]);
  const critical = studentQuantile(1 - (1 - CONFIDENCE) / 2 / together, freedom);
  const tail = Math.floor((deviations.length * (1 - CONFIDENCE)) / 2);
  const below = deviations.at(tail) ?? Number.NaN;
  const above = deviations.at(-1 - tail) ?? Number.NaN;
  const error = (above - below) / 2 / NORMAL;
  return {
    at,
    low: at + (below * critical) / NORMAL,
    high: at + (above * critical) / NORMAL,
    error,
    leastSeen: error * detectable(critical, freedom),
  };
}

/** Welch's: all of them where one middle scatters, between the fewer and the sum where two do. */
function freedomOf(middles: readonly Middle[]): number {
  const variances = middles.map(({ deviations, values }) => {
    const variance = deviations.reduce((sum, deviation) => sum + deviation ** 2, 0) / deviations.length;
    return { variance, freedom: values - 1 };
  });
  const total = variances.reduce((sum, { variance }) => sum + variance, 0);
  if (total === 0) return Math.min(...variances.map(({ freedom }) => freedom));
  return total ** 2 / variances.reduce((sum, { variance, freedom }) => sum + variance ** 2 / freedom, 0);
}

/**
 * In standard errors, the effect that passes the critical value in eight of ten tries. The error is known no better than
 * its few values allow, here and in each try, so it stands on both sides:
 * effect − critical = power · √(1 + (effect² + critical²) / 2·freedom), solved for the effect.
 */
function detectable(critical: number, freedom: number): number {
  const shareOfPower = POWER ** 2;
  const square = 1 - shareOfPower / (2 * freedom);
  const constant = critical ** 2 * square - shareOfPower;
  return (critical + Math.sqrt(critical ** 2 - square * constant)) / square;
}
