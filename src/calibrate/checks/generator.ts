import type { Comparison, MetricKey } from '../../measurements.ts';
import { defaults } from '../../plan/fields.ts';
import { medianOf, metricOf, seededRandom } from '../../stats/index.ts';
import type { Bench } from '../bench.ts';
import { enough, sameBlocks, twinsOf } from '../blocks.ts';
import type { Check } from '../check.ts';
import { compare, leastEffect, pairsOf } from '../comparing.ts';

/** How punctual the generator was, and what twice the drivers changed. */
export interface Generated {
  /** The 99th percentile of lateness, in the middle round. */
  readonly latenessP99Ms: number;
  /** By how much that differed between two rounds of the same, in the middle pair. */
  readonly latenessDiffersMs: number;
  /** The least latency effect that a comparison tells. */
  readonly leastLatencyMs: number;
  /** Twice the drivers against once. */
  readonly twice: readonly Comparison[];
  /** The least effects, as shares, by metric: nearer is the same. */
  readonly tellable: Readonly<Partial<Record<MetricKey, number>>>;
}

const METRICS = ['latencyP50Ms', 'serverCpuPerMessageUs', 'appBytesPerMessage'] as const;
const LATENESS_SHARE = 0.1;

/** The generator must not be what a comparison tells: neither by its lateness nor by how many drivers carry the load. */
export const generator: Check<Generated> = {
  name: 'generator',
  meaning: 'the load generator does not show in the result',
  expectedMs: { quick: 500, full: 1500 },
  async gather(bench: Bench) {
    const rounds = await sameBlocks(bench);
    const same = twinsOf(bench, rounds);
    const twice = enough(pairsOf(rounds, 'same', 'twice'), rounds).slice(0, defaults.rounds);
    const lateness = same.flatMap(({ base, other }) => [base.server.slipP99Ms, other.server.slipP99Ms]);
    const apart = same.map(({ base, other }) => Math.abs(base.server.slipP99Ms - other.server.slipP99Ms));
    const least = (metric: 'latencyP50Ms' | 'serverCpuPerMessageUs') =>
      leastEffect(same, metric, defaults.rounds, seededRandom(defaults.seed));
    const tellable = {
      latencyP50Ms: least('latencyP50Ms'),
      serverCpuPerMessageUs: least('serverCpuPerMessageUs'),
      appBytesPerMessage: 0,
    };
    const p50Ms = medianOf(same.map(({ base }) => metricOf(base, 'latencyP50Ms') ?? 0)) ?? 0;
    return {
      latenessP99Ms: medianOf(lateness) ?? 0,
      latenessDiffersMs: medianOf(apart) ?? 0,
      leastLatencyMs: tellable.latencyP50Ms * p50Ms,
      twice: METRICS.map((metric) => compare(twice, metric)).filter((found) => found !== undefined),
      tellable,
    };
  },
  judge({ latenessP99Ms, latenessDiffersMs, leastLatencyMs, twice, tellable }) {
    const changed = twice.filter(
      ({ metric, verdict, ratio }) =>
        verdict !== 'indistinguishable' && Math.abs(ratio - 1) > (tellable[metric] ?? 0),
    );
    const shareOfLeast = latenessDiffersMs / leastLatencyMs;
    return {
      figure: `p99 ${latenessP99Ms.toFixed(2)} ms late, ±${latenessDiffersMs.toFixed(2)} ms between rounds; twice the drivers change ${changed.length === 0 ? 'nothing' : changed.map(({ metric }) => metric).join(', ')}`,
      faults: [
        ...(shareOfLeast > LATENESS_SHARE
          ? [
              `lateness differs by ${(shareOfLeast * 100).toFixed(0)}% of the least latency effect between rounds (10% at most)`,
            ]
          : []),
        ...changed.map(({ metric, ratio }) => `twice the drivers make ${metric} × ${ratio.toFixed(2)}`),
      ],
    };
  },
  mutants: [
    {
      what: 'a generator that is late at random',
      of: (evidence) => ({ ...evidence, latenessDiffersMs: evidence.leastLatencyMs }),
    },
    {
      what: "the second driver's bytes are not counted",
      of: (evidence) => ({
        ...evidence,
        twice: evidence.twice.map((one) =>
          one.metric === 'appBytesPerMessage' ? { ...one, ratio: 0.5, verdict: 'lower' } : one,
        ),
      }),
    },
  ],
};
