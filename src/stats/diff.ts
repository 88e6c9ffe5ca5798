import { type Comparison, METRIC_KEYS, type MetricKey, type Round } from '../measurements.ts';
import { transportsOf } from './compare.ts';
import { bootstrapCentre } from './inference/bootstrap.ts';
import { FEWEST_VALUES, intervalOf } from './inference/interval.ts';
import { mannWhitney } from './inference/mann-whitney.ts';
import { judged, untold } from './inference/verdict.ts';
import { metricOf } from './metrics.ts';

/**
 * The rounds of one report against those of another, transport by transport. Their blocks were not run together, so nothing is
 * paired: the ratio is that of the two centres. The intervals of a metric hold together.
 */
export function diffRounds(before: readonly Round[], after: readonly Round[], against: string): Comparison[] {
  const names = transportsOf(after);
  const transports = transportsOf(before).filter((name) => names.includes(name));
  const found = METRIC_KEYS.flatMap((metric) => diffMetric(before, after, metric, transports, against));
  return transports.flatMap((name) => found.filter(({ transport }) => transport === name));
}

function diffMetric(
  before: readonly Round[],
  after: readonly Round[],
  metric: MetricKey,
  transports: readonly string[],
  against: string,
): Comparison[] {
  const groups = transports
    .map((transport) => ({
      transport,
      bases: figuresOf(before, metric, transport),
      values: figuresOf(after, metric, transport),
    }))
    .filter(({ bases, values }) => bases.length > 0 && values.length > 0);
  const isTold = ({ bases, values }: (typeof groups)[number]) =>
    Math.min(bases.length, values.length) >= FEWEST_VALUES;
  const together = groups.filter(isTold).length;
  return groups.map((group) => {
    // Seeds of their own: resampled alike, groups of one size would seem to move together.
    const centre = bootstrapCentre(group.values.map(Math.log), 1);
    const base = bootstrapCentre(group.bases.map(Math.log), 2);
    const told = isTold(group) ? judged(intervalOf(centre, together, base)) : untold(centre.at - base.at);
    const mannWhitneyP = mannWhitney(group.values, group.bases);
    return { metric, transport: group.transport, against, ...told, mannWhitneyP };
  });
}

/** None at all where one is not positive: there is no ratio to it. */
function figuresOf(rounds: readonly Round[], metric: MetricKey, transport: string): number[] {
  const figures = rounds
    .filter((round) => round.transport === transport && round.valid)
    .map((round) => metricOf(round, metric))
    .filter((figure) => figure !== null);
  return figures.every((figure) => figure > 0) ? figures : [];
}
