import type { MetricKey, Round } from '../measurements.ts';
import { compareMetric, medianOf, metricOf, shuffled } from '../stats/index.ts';

/** Two rounds of one block, the second to be compared with the first. */
export interface Pair {
  readonly base: Round;
  readonly other: Round;
}

/** The pairs of two labels, block by block; a round that is invalid takes its block with it. */
export function pairsOf(rounds: readonly Round[], base: string, other: string): Pair[] {
  const valid = rounds.filter((round) => round.valid);
  return valid
    .filter((round) => round.transport === base)
    .flatMap((round) => {
      const partner = valid.find((one) => one.transport === other && one.round === round.round);
      return partner === undefined ? [] : [{ base: round, other: partner }];
    });
}

/** What the product's own comparison says of these pairs, as if they were a report's blocks. */
export function compare(pairs: readonly Pair[], metric: MetricKey): ReturnType<typeof compareMetric> {
  const rounds = pairs.flatMap(({ base, other }, index) => [
    { ...base, transport: 'base', round: index + 1 },
    { ...other, transport: 'other', round: index + 1 },
  ]);
  return compareMetric(rounds, metric, 'other', 'base');
}

/** How often comparisons of `size` blocks, picked and their sides swapped at random, call the same different. */
export function falseAlarms(
  pairs: readonly Pair[],
  metrics: readonly MetricKey[],
  { size, tries }: { readonly size: number; readonly tries: number },
  random: () => number,
): { readonly compared: number; readonly different: number } {
  let compared = 0;
  let different = 0;
  for (let index = 0; index < tries; index++) {
    for (const metric of metrics) {
      const found = compare(pickedAndSwapped(pairs, size, random), metric);
      if (found === undefined) continue;
      compared += 1;
      if (found.verdict !== 'indistinguishable') different += 1;
    }
  }
  return { compared, different };
}

const PRINTED = 60;

/** The least share by which a metric must grow to be told, as a table of `size` rounds of the same prints it; undefined where it prints none. */
export function leastEffect(
  pairs: readonly Pair[],
  metric: MetricKey,
  size: number,
  random: () => number,
): number | undefined {
  const printed = Array.from({ length: PRINTED }, () => {
    return compare(pickedAndSwapped(pairs, size, random), metric)?.leastEffect ?? null;
  });
  return medianOf(printed.filter((share) => share !== null));
}

/** The share of random picks of `size` pairs in which the other side is told to be higher. */
export function shareSeen(
  pairs: readonly Pair[],
  metric: MetricKey,
  { size, tries }: { readonly size: number; readonly tries: number },
  random: () => number,
): number {
  let seen = 0;
  for (let index = 0; index < tries; index++) {
    if (compare(shuffled(pairs, random).slice(0, size), metric)?.verdict === 'higher') seen += 1;
  }
  return seen / tries;
}

/** What is left of a figure's scatter in the middle of `size` pairs of the same: the median of what picks of them show. */
export function scatterOf(
  pairs: readonly Pair[],
  of: (round: Round) => number,
  size: number,
  random: () => number,
): number {
  const middles = Array.from({ length: PRINTED }, () => {
    const picked = pickedAndSwapped(pairs, size, random);
    return Math.abs(medianOf(picked.map(({ base, other }) => of(other) - of(base))) ?? 0);
  });
  return medianOf(middles) ?? 0;
}

/** By how much the other side is higher, in the metric's own unit: the median over blocks. */
export function differenceOf(pairs: readonly Pair[], metric: MetricKey): number {
  const differences = pairs.flatMap(({ base, other }) => {
    const [from, to] = [metricOf(base, metric), metricOf(other, metric)];
    return from === null || to === null ? [] : [to - from];
  });
  return medianOf(differences) ?? 0;
}

/** So many pairs at random, repeated where there are too few, each with its sides swapped or not. */
function pickedAndSwapped(pairs: readonly Pair[], size: number, random: () => number): Pair[] {
  const mixed = shuffled(pairs, random);
  return Array.from({ length: size }, (_, index) => {
    const pair = mixed[index] ?? pairs[Math.floor(random() * pairs.length)];
    if (pair === undefined) throw new Error('no pair to pick from');
    return random() < 0.5 ? pair : { base: pair.other, other: pair.base };
  });
}
