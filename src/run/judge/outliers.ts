import type { Flag, MetricKey, Round } from '../../measurements.ts';
import { medianOf, metricOf, metrics } from '../../stats/index.ts';

const FEWEST_ROUNDS = 5;
/** Far off is both: beyond what the others scatter, and by a share that matters. */
const FAR = { deviations: 5, ratio: 1.3 };
/** The median distance from the median, times this, is a normal spread's standard deviation. */
const NORMAL_SCALE = 1.4826;
const WATCHED = ['serverCpuPerMessageUs', 'latencyP50Ms'] as const;

/** The same rounds with a flag on each that lies far from its transport's others; none is left out. */
export function flagOutliers(rounds: readonly Round[]): Round[] {
  return rounds.map((round) => {
    if (!round.valid) return round;
    const all = rounds.filter(({ transport, valid }) => transport === round.transport && valid);
    const flags = WATCHED.flatMap((metric) => outlierFlag(round, all, metric) ?? []);
    return flags.length === 0 ? round : { ...round, flags: [...round.flags, ...flags] };
  });
}

function outlierFlag(round: Round, all: readonly Round[], metric: MetricKey): Flag | undefined {
  const values = all.map((one) => metricOf(one, metric)).filter((value) => value !== null);
  const value = metricOf(round, metric);
  const middle = medianOf(values);
  if (value === null || middle === undefined || values.length < FEWEST_ROUNDS) return undefined;
  const spread = NORMAL_SCALE * (medianOf(values.map((one) => Math.abs(one - middle))) ?? 0);
  const isFar = Math.max(value / middle, middle / value) > FAR.ratio;
  if (!isFar || Math.abs(value - middle) <= FAR.deviations * spread) return undefined;
  const { label, unit } = metrics[metric];
  const [own, usual] = [value, middle].map((one) => Number(one.toPrecision(2)));
  const message = `${label} was ${own} ${unit}, where the median of its transport is ${usual} ${unit}`;
  return { code: 'outlier-round', message, fatal: false };
}
