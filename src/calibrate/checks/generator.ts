import type { Comparison, MetricKey, Round } from '../../measurements.ts';
import { defaults } from '../../plan/fields/index.ts';
import { medianOf, metricOf, seededRandom } from '../../stats/index.ts';
import type { Bench } from '../bench.ts';
import { enough, leastEffectsOf, sameBlocks, twinsOf } from '../blocks.ts';
import type { Check } from '../check.ts';
import { compare, pairsOf, scatterOf } from '../comparing.ts';

/** How punctual the generator was, and what twice the drivers changed. */
export interface Generated {
  /** The 99th percentile of lateness, in the middle round. */
  readonly latenessP99Ms: number;
  /** What the scatter of its median, which every median latency holds, leaves in a comparison of the same with the same. */
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
/** Where rounds say so themselves: the flag `generator-slipped`. */
const SLIPPED_MS = 10;

/** The generator must not be what a comparison tells: neither by its lateness nor by how many drivers carry the load. */
export const generator: Check<Generated> = {
  name: 'generator',
  meaning: 'the load generator does not show in the result',
  expectedMs: { quick: 100, full: 500 },
  async gather(bench: Bench) {
    const rounds = await sameBlocks(bench);
    const same = twinsOf(bench, rounds);
    const twice = enough(pairsOf(rounds, 'same', 'twice'), rounds).slice(0, defaults.rounds);
    const lateness = (round: Round) => round.server.slipP50Ms ?? 0;
    const tail = ({ server }: Round) => server.slipP99Ms;
    const least = leastEffectsOf(same);
    const p50Ms = medianOf(same.map(({ base }) => metricOf(base, 'latencyP50Ms') ?? 0)) ?? 0;
    return {
      latenessP99Ms: medianOf(same.flatMap(({ base, other }) => [tail(base), tail(other)])) ?? 0,
      latenessDiffersMs: scatterOf(same, lateness, defaults.rounds, seededRandom(defaults.seed)),
      leastLatencyMs: least.latencyP50Ms * p50Ms,
      twice: METRICS.map((metric) => compare(twice, metric)).filter((found) => found !== undefined),
      tellable: { ...least, appBytesPerMessage: 0 },
    };
  },
  judge({ latenessP99Ms, latenessDiffersMs, leastLatencyMs, twice, tellable }) {
    const changed = twice.filter(
      ({ metric, verdict, ratio }) =>
        verdict !== 'indistinguishable' && Math.abs(ratio - 1) > (tellable[metric] ?? 0),
    );
    const shareOfLeast = latenessDiffersMs / leastLatencyMs;
    return {
      figure: `p99 ${latenessP99Ms.toFixed(2)} ms late, ±${latenessDiffersMs.toFixed(2)} ms in a comparison; twice the drivers change ${changed.length === 0 ? 'nothing' : changed.map(({ metric }) => metric).join(', ')}`,
      faults: [
        ...(latenessP99Ms > SLIPPED_MS
          ? [`one message in a hundred was ${latenessP99Ms.toFixed(0)} ms late (${SLIPPED_MS} at most)`]
          : []),
        ...(shareOfLeast > LATENESS_SHARE
          ? [
              `lateness puts ${(shareOfLeast * 100).toFixed(0)}% of the least latency effect into a comparison (10% at most)`,
            ]
          : []),
        ...changed.map(({ metric, ratio }) => `twice the drivers make ${metric} × ${ratio.toFixed(2)}`),
      ],
    };
  },
  mutants: [
    {
      what: 'a generator that slips now and then',
      of: (evidence) => ({ ...evidence, latenessP99Ms: 25 }),
    },
    {
      what: 'a generator that is later in some rounds than in others',
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
