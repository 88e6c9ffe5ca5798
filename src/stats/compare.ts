import {
  type Comparison,
  type Estimate,
  METRIC_KEYS,
  type MetricKey,
  type Round,
  type Summary,
} from '../measurements.ts';
import { bootstrapCentre } from './inference/bootstrap.ts';
import { estimate } from './inference/estimate.ts';
import { FEWEST_VALUES, intervalOf } from './inference/interval.ts';
import { mannWhitney } from './inference/mann-whitney.ts';
import { judged, untold } from './inference/verdict.ts';
import { metricOf } from './metrics.ts';

const YARDSTICK = 'websocket';

/** Each transport's metrics over its valid rounds, in the order given or else of appearance. */
export function summarize(rounds: readonly Round[], transports = transportsOf(rounds)): Summary[] {
  return transports.map((transport) => {
    const own = rounds.filter((round) => round.transport === transport);
    const valid = own.filter((round) => round.valid);
    return { transport, rounds: own.length, validRounds: valid.length, metrics: estimates(valid) };
  });
}

/** Every other transport against one, as ratios formed inside each block of interleaved rounds. */
export function compareRounds(
  rounds: readonly Round[],
  transports = transportsOf(rounds),
  against = yardstickOf(rounds, transports),
): Comparison[] {
  if (against === undefined) return [];
  const others = transports.filter((transport) => transport !== against);
  const found = METRIC_KEYS.flatMap((metric) => compareTogether(rounds, metric, others, against));
  return others.flatMap((transport) => found.filter((comparison) => comparison.transport === transport));
}

/** One metric of one transport against another, by itself; undefined where no block yields a ratio. */
export function compareMetric(
  rounds: readonly Round[],
  metric: MetricKey,
  transport: string,
  against: string,
): Comparison | undefined {
  return compareTogether(rounds, metric, [transport], against)[0];
}

/**
 * One metric of several transports against another. Their intervals hold together: that none of them misses is
 * 95% certain. A transport is absent where no block yields a ratio.
 */
export function compareTogether(
  rounds: readonly Round[],
  metric: MetricKey,
  transports: readonly string[],
  against: string,
): Comparison[] {
  const of = (round: Round) => metricOf(round, metric);
  return compareBy(rounds, of, transports, against).map((found) => ({ metric, ...found }));
}

/** The same by any figure that a round can tell. */
export function compareBy(
  rounds: readonly Round[],
  of: (round: Round) => number | null,
  transports: readonly string[],
  against: string,
): Omit<Comparison, 'metric'>[] {
  const paired = transports
    .map((transport) => ({ transport, pairs: pairsOf(rounds, of, transport, against) }))
    .filter(({ pairs }) => pairs.length > 0);
  const together = paired.filter(({ pairs }) => pairs.length >= FEWEST_VALUES).length;
  return paired.map(({ transport, pairs }) => {
    const logs = pairs.map(({ value, base }) => Math.log(value / base));
    const middle = bootstrapCentre(logs);
    const told = logs.length < FEWEST_VALUES ? untold(middle.at) : judged(intervalOf(middle, together));
    const mannWhitneyP = mannWhitney(
      pairs.map(({ value }) => value),
      pairs.map(({ base }) => base),
    );
    return { transport, against, ...told, mannWhitneyP };
  });
}

/** What the others are compared with: websocket, or else the first transport that has a valid round. */
export function yardstickOf(rounds: readonly Round[], transports = transportsOf(rounds)): string | undefined {
  const measured = transports.filter((transport) =>
    rounds.some((round) => round.transport === transport && round.valid),
  );
  return measured.includes(YARDSTICK) ? YARDSTICK : measured[0];
}

/** The transports of some rounds, each once, in order of appearance. */
export function transportsOf(rounds: readonly Round[]): readonly string[] {
  return [...new Set(rounds.map(({ transport }) => transport))];
}

function estimates(valid: readonly Round[]): Summary['metrics'] {
  const found: Partial<Record<MetricKey, Estimate>> = {};
  for (const key of METRIC_KEYS) {
    const told = estimate(valid.map((round) => metricOf(round, key)).filter((value) => value !== null));
    if (told !== undefined) found[key] = told;
  }
  return found;
}

interface Pair {
  readonly value: number;
  readonly base: number;
}

/** None at all where one block has a figure that is not positive: ratios over the remaining blocks would be chosen by chance. */
function pairsOf(
  rounds: readonly Round[],
  of: (round: Round) => number | null,
  transport: string,
  against: string,
): Pair[] {
  const valid = rounds.filter((round) => round.valid);
  const pairs = valid
    .filter((round) => round.transport === transport)
    .flatMap((round) => {
      const partner = valid.find((other) => other.transport === against && other.round === round.round);
      const value = of(round);
      const base = partner === undefined ? null : of(partner);
      return value === null || base === null ? [] : [{ value, base }];
    });
  return pairs.every(({ value, base }) => value > 0 && base > 0) ? pairs : [];
}
