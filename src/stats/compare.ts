import {
  type Comparison,
  type Estimate,
  METRIC_KEYS,
  type MetricKey,
  type Round,
  type Summary,
  type Verdict,
} from '../measurements.ts';
import { estimate } from './bootstrap.ts';
import { metricOf } from './metrics.ts';

/** A ratio nearer to 1 than this is no difference worth a verdict, however sure it is. */
const LEAST_EFFECT = 0.02;
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
  return transports
    .filter((transport) => transport !== against)
    .flatMap((transport) => METRIC_KEYS.map((metric) => compareMetric(rounds, metric, transport, against)))
    .filter((comparison) => comparison !== undefined);
}

/** One metric of one transport against another; undefined where no block yields a ratio. */
export function compareMetric(
  rounds: readonly Round[],
  metric: MetricKey,
  transport: string,
  against: string,
): Comparison | undefined {
  const found = estimate(ratios(pairs(rounds, transport, against), metric));
  if (found === undefined) return undefined;
  const { median: ratio, low, high } = found;
  return {
    ...{ metric, transport, against, ratio, low, high, verdict: verdictOf(found) },
    leastEffect: null,
    mannWhitneyP: null,
  };
}

/** What the others are compared with: websocket, or else the first transport that has a valid round. */
export function yardstickOf(rounds: readonly Round[], transports = transportsOf(rounds)): string | undefined {
  const measured = transports.filter((transport) =>
    rounds.some((round) => round.transport === transport && round.valid),
  );
  return measured.includes(YARDSTICK) ? YARDSTICK : measured[0];
}

function transportsOf(rounds: readonly Round[]): readonly string[] {
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

type Pair = readonly [Round, Round];

function pairs(rounds: readonly Round[], transport: string, against: string): Pair[] {
  const valid = rounds.filter((round) => round.valid);
  return valid
    .filter((round) => round.transport === transport)
    .flatMap((round) => {
      const partner = valid.find((other) => other.transport === against && other.round === round.round);
      return partner === undefined ? [] : [[round, partner] as const];
    });
}

/** None at all where one block's base is not positive: a ratio over the remaining blocks would be chosen by chance. */
function ratios(blocks: readonly Pair[], metric: MetricKey): number[] {
  const found: number[] = [];
  for (const [round, partner] of blocks) {
    const value = metricOf(round, metric);
    const base = metricOf(partner, metric);
    if (value === null || base === null) continue;
    if (base <= 0 || value < 0) return [];
    found.push(value / base);
  }
  return found;
}

function verdictOf({ median, low, high }: Estimate): Verdict {
  if (low === null || high === null) return 'indistinguishable';
  if (low > 1 && median > 1 + LEAST_EFFECT) return 'higher';
  if (high < 1 && median < 1 - LEAST_EFFECT) return 'lower';
  return 'indistinguishable';
}
