import { defaults } from '../../plan/fields/index.ts';
import { percent } from '../../run/judge/words.ts';
import { seededRandom } from '../../stats/index.ts';
import type { Bench } from '../bench.ts';
import { enough, type LeastEffects, leastEffectsOf, QUICK_DOSE, sameBlocks, twinsOf } from '../blocks.ts';
import type { Check } from '../check.ts';
import { falseAlarms, pairsOf } from '../comparing.ts';
import { found, type Injected, injectLeast, SEEN_AT_LEAST } from '../injected.ts';

type Subject = keyof LeastEffects;

/** What the product's own comparison made of the same, and of the different. */
export interface Sameness {
  readonly quick: boolean;
  /** Comparisons that could have come out either way by themselves. */
  readonly independent: number;
  readonly compared: number;
  readonly different: number;
  readonly injected: readonly Injected[];
}

const METRICS = ['latencyP50Ms', 'serverCpuPerMessageUs', 'connectP50Ms'] as const;
const RATE = { least: 0.01, most: 0.09 };
const RECOVERED = { least: 0.4, most: 1.6 };
const TRIES = { quick: 20, full: 100 };

/** The same must not be called different more than it should; the least effect that is printed must be seen. */
export const sameness: Check<Sameness> = {
  name: 'sameness',
  meaning: 'what is the same is not called different, and what differs by the least effect is',
  expectedMs: { quick: 13_500, full: 170_000 },
  async gather(bench: Bench) {
    const { quick } = bench;
    const random = seededRandom(defaults.seed);
    const rounds = await sameBlocks(bench);
    const pairs = twinsOf(bench, rounds);
    const size = quick ? pairs.length : defaults.rounds;
    const tries = quick ? TRIES.quick : TRIES.full;
    const least = leastEffectsOf(pairs);
    return {
      quick,
      independent: METRICS.length * Math.max(1, Math.floor(pairs.length / size)),
      ...falseAlarms(pairs, METRICS, { size, tries }, random),
      injected: quick
        ? found(enough(pairsOf(rounds, 'same', 'slowed'), rounds, 1), QUICK_DOSE, least)
        : await injectLeast(bench, pairs, least, random),
    };
  },
  judge(evidence) {
    const rate = evidence.different / evidence.compared;
    const { low, high } = wilson(rate, evidence.independent);
    const rateIsRight = evidence.quick
      ? low <= RATE.most && high >= RATE.least
      : rate >= RATE.least && rate <= RATE.most;
    const shown = (metric: Subject) => evidence.injected.find((one) => one.metric === metric)?.shown ?? 0;
    const leastLatencyEffect = shown('latencyP50Ms');
    const leastCpuEffect = shown('serverCpuPerMessageUs');
    return {
      figure:
        `${percent(rate)} false alarms${evidence.quick ? ` (${percent(low)} to ${percent(high)})` : ''};` +
        ` ${defaults.rounds} rounds tell +${percent(leastLatencyEffect)} latency, +${percent(leastCpuEffect)} CPU`,
      faults: [
        ...(rateIsRight ? [] : [`${percent(rate)} of same-against-same comparisons were called different`]),
        ...evidence.injected.flatMap(faultsOf),
      ],
      summary: { falseAlarms: rate, rounds: defaults.rounds, leastLatencyEffect, leastCpuEffect },
    };
  },
  mutants: [
    {
      what: 'intervals that are too narrow',
      of: (evidence) => ({ ...evidence, different: evidence.compared }),
    },
    {
      what: 'half of the CPU is not counted',
      of: (evidence) => ({ ...evidence, injected: evidence.injected.map(weakened('serverCpuPerMessageUs')) }),
    },
    {
      what: 'latency from the send instead of from the due time',
      of: (evidence) => ({ ...evidence, injected: evidence.injected.map(weakened('latencyP50Ms')) }),
    },
  ],
};

function faultsOf({ metric, dose, recovered, seen }: Injected): string[] {
  const what =
    metric === 'latencyP50Ms' ? `${dose.toFixed(2)} ms more latency` : `${dose.toFixed(1)} µs more CPU`;
  if (seen !== null && seen < SEEN_AT_LEAST)
    return [`${what} was told in ${(seen * 10).toFixed(1)} of 10 tries`];
  const share = recovered / dose;
  if (seen === null && (share < RECOVERED.least || share > RECOVERED.most)) {
    return [`of ${what} ${percent(share)} was found`];
  }
  return [];
}

/** The same with the metric seen too seldom and too little. */
function weakened(metric: Subject): (injected: Injected) => Injected {
  return (one) =>
    one.metric === metric
      ? { ...one, recovered: one.recovered * 0.2, seen: one.seen === null ? null : one.seen / 2 }
      : one;
}

/** The 95% interval of a rate that was seen in so many tries. */
function wilson(rate: number, tries: number): { low: number; high: number } {
  const z = 1.96;
  const middle = (rate + z ** 2 / (2 * tries)) / (1 + z ** 2 / tries);
  const half = (z * Math.sqrt((rate * (1 - rate)) / tries + (z / (2 * tries)) ** 2)) / (1 + z ** 2 / tries);
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
