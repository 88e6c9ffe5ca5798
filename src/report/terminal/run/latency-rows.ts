import type { Latency, Round } from '../../../measurements.ts';
import { decodeHistogram, estimate, latencyOf, mergeHistograms } from '../../../stats/index.ts';
import { alignPoint, figure } from '../../numbers.ts';

const COLUMNS = [
  ['p50', 'p50Ms'],
  ['p90', 'p90Ms'],
  ['p99', 'p99Ms'],
  ['p99.9', 'p999Ms'],
  ['max', 'maxMs'],
] as const;
type Percentile = (typeof COLUMNS)[number][1];

/** Which columns go first where there is no room. */
export const LATENCY_DROPS: readonly string[] = ['p99.9', 'p90', 'max'];

/** The latency table of one transport: a head, medians of the witnesses, their interval, all samples merged, the crowd. */
export function latencyRows(rounds: readonly Round[]): string[][] {
  const merged = latencyOf(mergeHistograms(rounds.map(({ latency }) => decodeHistogram(latency.hdr))));
  const witnesses = rounds.map(({ latency }) => latency);
  const crowd = rounds.map(({ crowdLatency }) => crowdLatency);
  const columns = COLUMNS.map(([name, key]) => {
    const median = estimateOf(witnesses, key);
    const interval = median?.low == null ? '' : `${figure(median.low)}–${figure(median.high)}`;
    const [seen = '', all = '', crowded = ''] = alignPoint([
      figure(median?.median),
      figure(merged[key]),
      figure(estimateOf(crowd, key)?.median),
    ]);
    return [name, seen, interval, all, crowded];
  });
  const labels = ['Latency, ms', 'witnesses', '95% interval', 'all merged', 'crowd'];
  const rows = labels.map((label, index) => [label, ...columns.map((cells) => cells[index] ?? '')]);
  const told = [true, true, rounds.length >= 3, rounds.length > 1, crowd.some(({ samples }) => samples > 0)];
  return rows.filter((_, index) => told[index]);
}

function estimateOf(latencies: readonly Latency[], key: Percentile) {
  const values = latencies.map((latency) => latency[key]).filter((value) => value !== null);
  return values.length < latencies.length ? undefined : estimate(values);
}
