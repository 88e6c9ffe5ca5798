import type { Prediction, Report } from '../../../measurements.ts';
import { medianOver } from '../../medians.ts';
import { latencyFinding } from '../../words/sentences.ts';
import type { Chart } from '../chart.ts';
import { barChart, isTold, type Measured, measuredOf, metricIn, showing } from './rows.ts';

/** How long a message takes with each transport, typically and at worst but for one in a hundred. */
export function latencyCharts(report: Report): Chart[] {
  const rows = measuredOf(report);
  const measures = (
    [
      ['p50', 'latencyP50Ms', ({ latencyP50Ms }) => latencyP50Ms],
      ['p99', 'latencyP99Ms', ({ latencyP99Ms }) => latencyP99Ms],
    ] as const satisfies readonly (readonly [string, string, (model: Prediction) => number | null])[]
  ).flatMap(([name, key, of]) => {
    const estimates = metricIn(rows, key);
    return isTold(estimates) ? [{ name, estimates, models: modelsOf(rows, of) }] : [];
  });
  if (measures.length === 0) return [];
  const bars = { rows, measures, label: 'one-way latency', unit: 'ms', show: showing('latencyP50Ms') };
  return [barChart('latency', 'How long a message takes', bars, latencyFinding(report))];
}

function modelsOf(rows: readonly Measured[], of: (model: Prediction) => number | null) {
  return rows.map(({ rounds }) => medianOver(rounds, ({ model }) => model && of(model)));
}
