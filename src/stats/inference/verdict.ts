import type { Comparison, Verdict } from '../../measurements.ts';
import type { Interval } from './interval.ts';

/** A ratio nearer to 1 than this is no difference worth a verdict, however sure it is. */
const LEAST_EFFECT = 0.02;
/** Logarithms of ratios that are meant to be equal differ in their last digits. */
const ROUNDING = 1e-9;

type Told = Pick<Comparison, 'ratio' | 'low' | 'high' | 'verdict' | 'leastEffect'>;

/** A ratio of which too few rounds say nothing more. */
export function untold(log: number): Told {
  return { ratio: Math.exp(log), low: null, high: null, verdict: 'indistinguishable', leastEffect: null };
}

/** What the interval of a ratio's logarithm says. */
export function judged({ at, low, high, error, leastSeen }: Interval): Told {
  const ratio = Math.exp(at);
  const hasWidth = high - low > ROUNDING;
  return {
    ratio,
    low: hasWidth ? Math.exp(low) : ratio,
    high: hasWidth ? Math.exp(high) : ratio,
    verdict: verdictOf(at, low, high),
    leastEffect: Math.expm1(Math.max(leastSeen, Math.log1p(LEAST_EFFECT) + error)),
  };
}

function verdictOf(at: number, low: number, high: number): Verdict {
  if (low > 0 && at >= Math.log1p(LEAST_EFFECT) - ROUNDING) return 'higher';
  if (high < 0 && at <= Math.log1p(-LEAST_EFFECT) + ROUNDING) return 'lower';
  return 'indistinguishable';
}
