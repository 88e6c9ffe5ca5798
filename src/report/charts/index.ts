import type { Report } from '../../measurements.ts';
import type { Chart } from './chart.ts';
import { bytesCharts } from './measured/bytes.ts';
import { cpuCharts, memoryCharts } from './measured/costs.ts';
import { latencyCharts } from './measured/latency.ts';
import { percentileCharts } from './measured/percentiles.ts';
import { timeCharts } from './measured/time.ts';

/** Every chart that a report has figures for, the first one first. */
export function chartsOf(report: Report): Chart[] {
  return [
    ...latencyCharts(report),
    ...percentileCharts(report),
    ...bytesCharts(report),
    ...cpuCharts(report),
    ...memoryCharts(report),
    ...timeCharts(report),
  ];
}
