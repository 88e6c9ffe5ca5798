import type { Report } from '../../../measurements.ts';
import { isSilent, silentCpu } from '../../silence.ts';
import { cpuFinding } from '../../words/sentences.ts';
import type { Chart } from '../chart.ts';
import { barChart, isTold, measuredOf, metricIn, showing } from './rows.ts';

const BYTES_PER_KB = 1000;

/** What the server spends on each message; on each client where nothing is said. */
export function cpuCharts(report: Report): Chart[] {
  const rows = measuredOf(report);
  const [key, label, unit] = isSilent(report.scenario)
    ? ([silentCpu.metric, 'server CPU per client and minute', silentCpu.unit] as const)
    : (['serverCpuPerMessageUs', 'server CPU per delivered message', 'µs'] as const);
  const estimates = metricIn(rows, key);
  if (!isTold(estimates)) return [];
  const measures = [{ name: 'server CPU', estimates }];
  const title = isSilent(report.scenario)
    ? 'What a silent client costs the server'
    : 'What a message costs the server';
  const finding = isSilent(report.scenario) ? undefined : cpuFinding(report);
  return [barChart('cpu', title, { rows, measures, label, unit, show: showing(key) }, finding)];
}

/** What the server holds for each client. */
export function memoryCharts(report: Report): Chart[] {
  const rows = measuredOf(report);
  const estimates = metricIn(rows, 'memoryPerClientBytes', BYTES_PER_KB);
  if (!isTold(estimates)) return [];
  const measures = [{ name: 'memory per client', estimates }];
  const show = showing('memoryPerClientBytes');
  const bars = { rows, measures, label: 'heap and buffers per client', unit: 'KB', show };
  return [barChart('memory', 'What a client holds of the server', bars)];
}
