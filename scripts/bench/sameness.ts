import type { Bench } from '../../src/calibrate/bench.ts';
import { runBlocks, slowedBy } from '../../src/calibrate/blocks.ts';
import { compare, type Pair, pairsOf } from '../../src/calibrate/comparing.ts';
import type { MetricKey } from '../../src/measurements.ts';
import { medianOf, metricOf } from '../../src/stats/index.ts';
import { withBench } from './instrument.ts';
import type { Add } from './rows.ts';

const SIZE = 5;
const COMPARISONS = 20;
const TRIES = 10;
const METRICS: readonly MetricKey[] = [
  ...(['latencyP50Ms', 'latencyP90Ms', 'latencyMeanMs'] as const),
  ...(['serverCpuPerMessageUs', 'connectP50Ms', 'memoryPerClientBytes'] as const),
];

/** Disjoint comparisons of the same with the same, and tries to see the effect that they print as the least. */
export function sameness(add: Add): Promise<void> {
  // Quick: windows of 400 ms, so that there are rounds enough; what is tried are the statistics.
  return withBench(async (bench) => {
    const rounds = await runBlocks(bench, () => ({ same: {}, twin: {} }), SIZE * COMPARISONS);
    const pairs = pairsOf(rounds, 'same', 'twin');
    alarms(add, pairs);
    await tries(add, bench, pairs);
  });
}

function alarms(add: Add, pairs: readonly Pair[]): void {
  const verdicts = comparisonsOf(pairs).flatMap((five) =>
    METRICS.map((metric) => compare(five, metric)?.verdict),
  );
  const told = verdicts.filter((verdict) => verdict !== undefined);
  const different = told.filter((verdict) => verdict !== 'indistinguishable').length;
  const rate = different / told.length;
  const figure = `${different} of ${told.length} (${(rate * 100).toFixed(1)}%)`;
  add('the same against the same, called different', figure, '5% ± 4', rate >= 0.01 && rate <= 0.09);
}

async function tries(add: Add, bench: Bench, same: readonly Pair[]): Promise<void> {
  const metrics = ['latencyP50Ms', 'serverCpuPerMessageUs'] as const;
  const [latency = 0, cpu = 0] = metrics.map((metric) => {
    const printed = comparisonsOf(same).map((five) => compare(five, metric)?.leastEffect ?? null);
    return medianOf(printed.filter((share) => share !== null));
  });
  const [latencyMs = 0, cpuUs = 0] = metrics.map((metric) =>
    medianOf(same.map(({ base }) => metricOf(base, metric) ?? 0)),
  );
  const dose = slowedBy({ lateMs: latency * latencyMs, cpuUsPerDelivery: cpu * cpuUs });
  const rounds = await runBlocks(bench, () => ({ same: {}, slowed: dose }), SIZE * TRIES);
  const slowed = comparisonsOf(pairsOf(rounds, 'same', 'slowed'));
  for (const [index, metric] of metrics.entries()) {
    const seen = slowed.filter((five) => compare(five, metric)?.verdict === 'higher').length;
    const share = [latency, cpu][index] ?? 0;
    const what = `${index === 0 ? 'latency' : 'CPU'} +${(share * 100).toFixed(0)}%, printed as the least effect, is told`;
    add(what, `${seen} of ${slowed.length} tries`, '8 of 10', seen >= 0.8 * slowed.length);
  }
}

/** Whole comparisons of five blocks, none in two of them. */
function comparisonsOf(pairs: readonly Pair[]): (readonly Pair[])[] {
  return Array.from({ length: Math.floor(pairs.length / SIZE) }, (_, index) =>
    pairs.slice(index * SIZE, (index + 1) * SIZE),
  );
}
