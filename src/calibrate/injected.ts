import { defaults } from '../plan/fields/index.ts';
import { medianOf, metricOf } from '../stats/index.ts';
import type { Bench } from './bench.ts';
import { type Dose, enough, type LeastEffects, runBlocks, slowedBy } from './blocks.ts';
import { differenceOf, type Pair, pairsOf, shareSeen } from './comparing.ts';

type Subject = keyof LeastEffects;

/** A known difference, and what was made of it. */
export interface Injected {
  readonly metric: Subject;
  /** As a share, what tables print as the least that is told, and what it took here to be told. */
  readonly printed: number;
  readonly shown: number;
  /** The last dose in the metric's unit, and how much of it was found. */
  readonly dose: number;
  readonly recovered: number;
  /** Of the comparisons that were tried, the share that told it; null where there were too few rounds to try. */
  readonly seen: number | null;
}

/** Eight of ten. */
export const SEEN_AT_LEAST = 0.8;
const TRIES = 100;
const INJECTED_BLOCKS = 10;
/** Ten blocks are a small sample: where they show less than eight of ten, more is injected, and that is printed. */
const STEPS = [1, 1.25, 1.6];
/** Rounds that are slower by just the least effect, against rounds that are not; by more where that is not told. */
export async function injectLeast(
  bench: Bench,
  same: readonly Pair[],
  least: LeastEffects,
  random: () => number,
): Promise<Injected[]> {
  const base = (metric: Subject) => medianOf(same.map((pair) => metricOf(pair.base, metric) ?? 0)) ?? 0;
  let injected: Injected[] = [];
  for (const step of STEPS) {
    const dose = {
      cpuUsPerDelivery: step * least.serverCpuPerMessageUs * base('serverCpuPerMessageUs'),
      lateMs: step * least.latencyP50Ms * base('latencyP50Ms'),
    };
    const rounds = await runBlocks(bench, () => ({ same: {}, slowed: slowedBy(dose) }), INJECTED_BLOCKS);
    const pairs = enough(pairsOf(rounds, 'same', 'slowed'), rounds);
    const trial = { size: defaults.rounds, tries: TRIES };
    const now = found(pairs, dose, least).map((one) => ({
      ...one,
      shown: step * one.printed,
      seen: shareSeen(pairs, one.metric, trial, random),
    }));
    // What a smaller dose has shown stands.
    injected = now.map((one, index) => {
      const before = injected[index];
      return before !== undefined && isSeen(before) ? before : one;
    });
    if (injected.every(isSeen)) break;
  }
  return injected;
}

/** What was found of a round's doses; they meet in no metric. */
export function found(
  pairs: readonly Pair[],
  { cpuUsPerDelivery, lateMs }: Dose,
  least: LeastEffects,
): Injected[] {
  const doses = { latencyP50Ms: lateMs, serverCpuPerMessageUs: cpuUsPerDelivery };
  return (['latencyP50Ms', 'serverCpuPerMessageUs'] as const).map((metric) => ({
    metric,
    printed: least[metric],
    shown: least[metric],
    dose: doses[metric],
    recovered: differenceOf(pairs, metric),
    seen: null,
  }));
}

function isSeen({ seen }: Injected): boolean {
  return seen !== null && seen >= SEEN_AT_LEAST;
}
