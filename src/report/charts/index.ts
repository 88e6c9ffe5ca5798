import type { Report } from '../../measurements.ts';
import type { Chart } from './chart.ts';
import { cpuCharts, memoryCharts } from './measured/costs.ts';
import { latencyCharts } from './measured/latency.ts';

/** Every chart that a report has figures for, the first one first. */
export function chartsOf(report: Report): Chart[] {
  return [...latencyCharts(report), ...cpuCharts(report), ...memoryCharts(report)];
}
