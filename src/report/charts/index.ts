import type { Report } from '../../measurements.ts';
import { capacityChartNames, isCapacityChartName } from './carried/index.ts';
import type { Chart } from './chart.ts';
import { bytesCharts } from './measured/bytes.ts';
import { cpuCharts, memoryCharts } from './measured/costs.ts';
import { latencyCharts } from './measured/latency.ts';
import { nodeCharts } from './measured/nodes.ts';
import { percentileCharts } from './measured/percentiles.ts';
import { phaseChartNames, phaseCharts } from './measured/phases.ts';
import { timeCharts } from './measured/time.ts';
import { tracks } from './measured/tracks.ts';
import { isSweepChartName, sweepChartNames } from './swept/index.ts';

export { capacityCharts } from './carried/index.ts';
export { sweepChartsOf } from './swept/index.ts';

/** Every chart that a report has figures for, the first one first. */
export function chartsOf(report: Report): Chart[] {
  return [
    ...latencyCharts(report),
    ...percentileCharts(report),
    ...bytesCharts(report),
    ...cpuCharts(report),
    ...memoryCharts(report),
    ...phaseCharts(report),
    ...nodeCharts(report),
    ...timeCharts(report),
  ];
}

/** The charts that a report, a sweep or a capacity may have, by name, without those of rarer metrics and single transports. */
export const chartNames: readonly string[] = [
  ...['latency', 'percentiles', 'bytes', 'cpu', 'memory', 'nodes', 'nodes-latency'],
  ...phaseChartNames,
  ...tracks.map(({ name }) => name),
  ...sweepChartNames,
  ...capacityChartNames,
];

/** Whether some result may have a chart of that name. */
export function isChartName(name: string): boolean {
  return chartNames.includes(name) || isSweepChartName(name) || isCapacityChartName(name);
}
