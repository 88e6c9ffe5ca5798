import type { MetricKey, Round } from '../measurements.ts';
import { estimate, medianOf, metricOf } from '../stats/index.ts';
import { figure, NONE } from './numbers.ts';

/** The median over rounds of anything that a round can tell; undefined where none can. */
export function medianOver(
  rounds: readonly Round[],
  of: (round: Round) => number | null,
): number | undefined {
  return medianOf(rounds.map(of).filter((value) => value !== null));
}

/** A number as `show` writes it, or the dash. */
export function known(value: number | undefined, show: (value: number) => string): string {
  return value === undefined ? NONE : show(value);
}

/** A metric's median over rounds with its interval, in a unit so many times larger than its own. */
export function withInterval(rounds: readonly Round[], key: MetricKey, unit: string, times = 1): string {
  const values = rounds.map((round) => metricOf(round, key)).filter((value) => value !== null);
  const { median, low, high } = estimate(values) ?? { median: undefined, low: null, high: null };
  const told = `${known(median, (value) => figure(value / times))}${unit}`;
  return low === null || high === null ? told : `${told} (${figure(low / times)}–${figure(high / times)})`;
}
