import type { Report, Round } from '../../../measurements.ts';
import { clusterSentences } from '../../cluster/words.ts';
import { figure, percentage } from '../../numbers.ts';
import type { Chart } from '../chart.ts';
import { barChart, estimateOver, isTold, measuredOf } from './rows.ts';

type Way = 'local' | 'remote';

const WAYS = [
  ['same node', 'local'],
  ['other nodes', 'remote'],
] as const satisfies readonly (readonly [string, Way])[];

/** What passes between several nodes, where clients are known to be at one or another. */
export function nodeCharts(report: Report): Chart[] {
  const rows = measuredOf(report);
  const measuresOf = (of: (round: Round, way: Way) => number | null) =>
    WAYS.map(([name, way]) => ({
      name,
      estimates: rows.map(({ rounds }) => estimateOver(rounds, (round) => of(round, way))),
    }));
  const reach = measuresOf(deliveredPercent);
  if (!reach.some(({ estimates }) => isTold(estimates))) return [];
  const hop = measuresOf(({ cluster }, way) => cluster?.[way].latency.p50Ms ?? null);
  const finding = clusterSentences(report).join(' ');
  const show = (value: number) => percentage(value / 100);
  const latency = (value: number) => figure(value, 2);
  return [
    barChart(
      'nodes',
      'What reaches clients of the same node and of others',
      { rows, measures: reach, label: 'delivered', unit: '%', show },
      finding,
    ),
    ...(hop.some(({ estimates }) => isTold(estimates))
      ? [
          barChart('nodes-latency', 'How long a message takes to other nodes', {
            ...{ rows, measures: hop, label: 'one-way latency p50', unit: 'ms', show: latency },
          }),
        ]
      : []),
  ];
}

function deliveredPercent({ cluster }: Round, way: Way): number | null {
  const { expected = 0, delivered = 0 } = cluster?.[way] ?? {};
  return expected === 0 ? null : (delivered / expected) * 100;
}
