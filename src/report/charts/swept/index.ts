import type { Sweep, Values, Varied } from '../../../measurements/sweep.ts';
import { METRIC_KEYS, type MetricKey } from '../../../measurements.ts';
import { metrics } from '../../../stats/index.ts';
import type { Sheet } from '../../sheet.ts';
import { type MetricTable, placesOf, tablesOf, titleOf } from '../../sweep/tables.ts';
import { shownValue } from '../../sweep/values.ts';
import { inProse, nameOf } from '../../words/labels.ts';
import type { Chart } from '../chart.ts';
import { barsHeight, barsNote, barsOption, barsSummary } from '../drawing/bars.ts';
import { curvesOf } from './curves.ts';
import { type Sweeping, showing, titled, told, xOf } from './points.ts';

const SHORT: Readonly<Partial<Record<MetricKey, string>>> = {
  latencyP50Ms: 'latency',
  latencyP99Ms: 'latency-p99',
  serverCpuPerMessageUs: 'cpu',
  appBytesPerMessage: 'bytes',
  wireBytesPerMessage: 'wire-bytes',
  memoryPerClientBytes: 'memory',
  requestsPerMessage: 'requests',
};

/** How the chart of a metric is called; others by the metric itself. */
function nameFor(metric: MetricKey): string {
  return `sweep-${SHORT[metric] ?? metric}`;
}

/** What charts of sweeps are mostly called. */
export const sweepChartNames: readonly string[] = Object.values(SHORT).map((name) => `sweep-${name}`);

/** Whether a sweep may have a chart of that name; those of further places are counted behind it. */
export function isSweepChartName(name: string): boolean {
  const first = name.replace(/-\d+$/, '');
  return METRIC_KEYS.some((metric) => nameFor(metric) === first);
}

/** A chart for each table of the sweep. */
export function sweepChartsOf(sweep: Sweep): Chart[] {
  const [varied] = sweep.vary;
  if (varied === undefined) return [];
  const tables = tablesOf(sweep);
  return placesOf(sweep).flatMap((at, place) =>
    sweep.metrics.flatMap((metric) => {
      const sweeping = { sweep, varied, at, metric };
      const table = tables.find((one) => one.metric === metric && isSame(one.at, at));
      if (sweep.transports.every((transport) => told(sweeping, transport).length === 0)) return [];
      const name = nameFor(metric) + (place === 0 ? '' : `-${place + 1}`);
      const sheets = table === undefined ? [] : [sheetFor(table)];
      return [{ name, sheets, ...(varied.names === null ? curvesOf(sweeping) : wordsOf(sweeping, varied)) }];
    }),
  );
}

/** Words have no places on an axis: a bar for each. */
function wordsOf(sweeping: Sweeping, varied: Varied): Omit<Chart, 'name' | 'sheets'> {
  const { sweep, metric } = sweeping;
  const points = sweep.transports.flatMap((transport) => told(sweeping, transport));
  const rows = points.map((point) => {
    const word = shownValue(varied, xOf(point, varied));
    const isDoubtful = point.validRounds < point.rounds.length;
    const several = sweep.transports.length > 1;
    const name = (several ? `${nameOf(point.transport)}, ${word}` : word) + (isDoubtful ? ' ?' : '');
    const prose = several ? `${inProse(point.transport)} with ${word}` : word;
    return { transport: point.transport, name, prose, isDoubtful };
  });
  const { label, unit } = metrics[metric];
  const measures = [{ name: titleOf(metric), estimates: points.map((point) => point.metrics[metric]) }];
  const bars = { rows, measures, label, unit, show: showing(metric) };
  return {
    title: titled(sweeping),
    heightPx: barsHeight(bars),
    summary: barsSummary(bars),
    note: barsNote(bars),
    option: (palette) => barsOption(bars, palette),
  };
}

function sheetFor({ title, head, rows }: MetricTable): Sheet {
  return {
    title,
    columns: head.map((name, place) => ({ group: '', name, rank: place === 0 ? 0 : 1, align: 'right' })),
    rows: rows.map(({ name, cells }) => [
      { text: name, isBest: false },
      ...cells.map(({ text, isBest, isDoubtful }) => ({ text: text + (isDoubtful ? ' ?' : ''), isBest })),
    ]),
  };
}

function isSame(one: Values, other: Values): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
