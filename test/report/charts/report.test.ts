import { describe, expect, test } from 'vitest';
import type { Prediction, Report, Round } from '../../../src/measurements.ts';
import { chartsOf } from '../../../src/report/charts/index.ts';
import { dark, light } from '../../../src/report/charts/palette.ts';
import { faultyReport, onThreeNodes } from '../faulty.ts';
import { phasedReport } from '../phased.ts';
import { FAMILIES, flagged, HOSTILE, hostileReport, sampleReport } from '../sample.ts';
import { axisType, seriesOf, valuesOf } from './marks.ts';

const MODEL: Prediction = {
  requestsPerMessage: 0.05,
  emptyShare: 0,
  appUpPerMessage: 4,
  appDownPerMessage: 90,
  packetsPerMessage: null,
  bytesExact: false,
  latencyMeanMs: 500,
  latencyP50Ms: 500,
  latencyP99Ms: 990,
};
const silent = sampleReport({
  scenario: { ratePerSecond: 0 },
  change: (round) => ({ ...round, bytes: { ...round.bytes, appUp: 9000, appDown: 4000 } }),
});
const modelled = sampleReport({
  change: (round) => ({ ...round, model: round.transport === 'polling' ? MODEL : null }),
});
const nodes = faultyReport({
  transports: ['websocket', 'socketio'],
  scenario: { nodes: 3, adapter: 'redis', faults: [] },
  change: (round) => onThreeNodes(round, 1),
});
const REPORTS: readonly (readonly [string, Report, readonly string[]])[] = [
  ['a comparison', sampleReport(), ['latency', 'percentiles', 'bytes', 'cpu', 'memory']],
  ['silence', silent, ['bytes', 'cpu', 'memory']],
  [
    'one transport',
    sampleReport({ transports: ['sse'], rounds: 1 }),
    ['latency', 'percentiles', 'bytes', 'cpu', 'memory'],
  ],
  ['a model', modelled, ['latency', 'percentiles']],
  ['phases', phasedReport(), ['phases', 'phases-cpu']],
  ['several nodes', nodes, ['nodes', 'nodes-latency']],
  ['faults', faultyReport(), ['time', 'time-arrived', 'time-latency', 'time-connected', 'time-cpu']],
  ['hostile names', hostileReport(), ['latency']],
];

function chartOf(report: Report, name: string) {
  return chartsOf(report).find((chart) => chart.name === name);
}

describe.each(REPORTS)('charts of %s', (_, report, expected) => {
  const charts = chartsOf(report);

  test('are those that there are figures for', () => {
    const names = charts.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining([...expected]));
    expect(new Set(names).size).toBe(names.length);
  });

  test.each([
    ['light', light],
    ['dark', dark],
  ])('are plain data in the %s palette, the same each time', (_name, palette) => {
    for (const chart of charts) {
      const option = chart.option(palette);
      expect(JSON.parse(JSON.stringify(option)), chart.name).toEqual(withoutUndefined(option));
      expect(JSON.stringify(chart.option(palette))).toBe(JSON.stringify(option));
    }
  });

  test('are told in words and as tables with a row for each transport', () => {
    const measured = report.summaries.filter(({ validRounds }) => validRounds > 0);
    for (const { name, title, summary, note, sheets, heightPx } of charts) {
      expect(title, name).not.toBe('');
      expect(summary, name).toMatch(/\d.*\.$/);
      expect(note, name).not.toBe('');
      expect(heightPx).toBeGreaterThan(60);
      expect(sheets[0]?.rows, name).toHaveLength(measured.length);
      expect(`${title}${summary}${note}`).not.toMatch(/NaN|undefined|null|Infinity/);
    }
  });
});

test('the latency bars are the medians, and their whiskers the intervals', () => {
  const report = sampleReport();
  const latency = chartOf(report, 'latency');
  for (const [name, key] of [
    ['p50', 'latencyP50Ms'],
    ['p99', 'latencyP99Ms'],
  ] as const) {
    const estimates = report.summaries.map(({ metrics }) => metrics[key]);
    expect(valuesOf(latency, 'bar', name)).toEqual(estimates.map((one) => one?.median));
    expect(valuesOf(latency, 'boxplot', name)).toEqual(
      estimates.map((one) => [one?.low, one?.median, one?.median, one?.median, one?.high]),
    );
  }
});

test('with too few rounds for an interval there is no whisker', () => {
  const latency = chartOf(sampleReport({ rounds: 1 }), 'latency');
  expect(valuesOf(latency, 'boxplot', 'p50')).toEqual(FAMILIES.map(() => []));
  expect(latency?.note).not.toContain('whiskers');
});

test('an axis goes by factors only where transports are far apart', () => {
  expect(axisType(chartOf(sampleReport(), 'latency'), 'xAxis')).toBe('log');
  const near = sampleReport({ transports: ['websocket', 'sse'] });
  expect(axisType(chartOf(near, 'latency'), 'xAxis')).toBe('value');
  expect(axisType(chartOf(sampleReport(), 'memory'), 'xAxis')).toBe('value');
  expect(axisType(chartOf(sampleReport(), 'bytes'), 'xAxis')).toBe('value');
});

test('the model stands beside its transport alone, and its curve where it is an even spread', () => {
  expect(valuesOf(chartOf(modelled, 'latency'), 'scatter', 'model')).toEqual([[500, 0]]);
  const curve = valuesOf(chartOf(modelled, 'percentiles'), 'line', 'model');
  expect(curve).toContainEqual([1, 900]);
  const uneven = sampleReport({ change: (round) => ({ ...round, model: { ...MODEL, latencyMeanMs: 300 } }) });
  expect(valuesOf(chartOf(uneven, 'percentiles'), 'line', 'model')).toEqual([]);
});

test('percentiles are of all samples, as far as two lie beyond', () => {
  const report = sampleReport({ transports: ['polling'] });
  const samples = report.rounds.reduce((sum, { latency }) => sum + latency.samples, 0);
  const points = valuesOf(chartOf(report, 'percentiles'), 'line', 'polling').map(String);
  const furthest = points.map((point) => Number(point.split(',')[0])).at(-1) ?? 0;
  expect(furthest).toBeGreaterThan(1);
  expect(10 ** furthest).toBeLessThanOrEqual(samples / 2);
  const p50 = Number(points.find((point) => point.startsWith('0.301,'))?.split(',')[1]);
  const median = report.summaries[0]?.metrics.latencyP50Ms?.median ?? 0;
  expect(p50 / median).toBeGreaterThan(0.8);
  expect(p50 / median).toBeLessThan(1.25);
});

test('the ledger adds up to what crosses', () => {
  const wired = (round: Round) => {
    const { bytes } = round;
    return { ...round, bytes: { ...bytes, wire: bytes.appUp + bytes.appDown + 1000 } };
  };
  const report = sampleReport({ transports: ['longpoll'], rounds: 3, change: wired });
  const parts = seriesOf(chartOf(report, 'bytes')).filter(({ type }) => type === 'bar');
  expect(parts.map(({ name }) => name)).toEqual(['payload', 'protocol up', 'protocol down', 'TCP/IP']);
  const total = parts.flatMap(({ name }) => valuesOf(chartOf(report, 'bytes'), 'bar', name)).map(Number);
  const wire = report.summaries[0]?.metrics.wireBytesPerMessage?.median ?? 0;
  expect(total.reduce((sum, part) => sum + part, 0)).toBeCloseTo(wire, 6);
  expect(chartOf(report, 'bytes')?.summary).toContain('64 B of payload take');
});

test('invalid rounds are left out, and who has no other is not drawn', () => {
  const fatal = { code: 'messages-lost' as const, message: 'lost', fatal: true };
  const report = sampleReport({
    change: (round) => (round.transport === 'longpoll' || round.round === 1 ? flagged(round, fatal) : round),
  });
  const latency = chartOf(report, 'latency');
  expect(valuesOf(latency, 'bar', 'p50')).toHaveLength(FAMILIES.length - 1);
  expect(JSON.stringify(latency?.option(light))).toContain('polling ?');
  expect(latency?.note).toContain('? doubtful');
});

test('faults are shaded where they were, in each row', () => {
  const report = faultyReport();
  const rows = seriesOf(chartOf(report, 'time')).filter(({ type }) => type === 'line');
  expect(rows).toHaveLength(report.summaries.length);
  for (const { markArea } of rows) {
    const [first = []] = markArea?.data ?? [];
    expect(markArea?.data).toHaveLength(report.scenario.faults.length);
    expect(first[0]?.xAxis).toBeCloseTo((report.rounds[0]?.faults[0]?.beganMs ?? 0) / 1000, 3);
  }
  const series = report.rounds[0]?.series;
  expect(rows[0]?.data).toHaveLength(series?.arrived.length ?? 0);
});

test('nothing foreign is drawn as it came', () => {
  for (const chart of chartsOf(hostileReport())) {
    const text = JSON.stringify([chart.option(light), chart.title, chart.summary, chart.note, chart.sheets]);
    expect(text).not.toContain(JSON.stringify(HOSTILE).slice(1, -1));
    expect(text).not.toMatch(/\\u001b|\\u0000|\u202e/);
  }
});

/** JSON leaves out what is undefined; nothing else may be lost. */
function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(entries.map(([key, one]) => [key, withoutUndefined(one)]));
}
