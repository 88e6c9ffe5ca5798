import { expect, test } from 'vitest';
import { isChartName, sweepChartsOf } from '../../../src/report/charts/index.ts';
import { dark } from '../../../src/report/charts/palette.ts';
import { costing, sampleSweep } from '../../sweep/sample.ts';
import { axisType, seriesOf, valuesOf } from './marks.ts';

const RATE = { field: 'ratePerSecond', option: 'rate', values: [1, 10, 100] };
const INTERVAL = { field: 'pollIntervalMs', option: 'poll-interval', values: [100, 1000] };
const ADAPTER = { field: 'adapter', option: 'adapter', values: [0, 1], names: ['none', '<redis>'] };

const crossing = sampleSweep([RATE], (round, { ratePerSecond = 1 }) =>
  costing(round, round.transport === 'polling' ? 200 / ratePerSecond + 2 : 10 / ratePerSecond + 21),
);

test('there is a chart for each metric that the sweep shows, its points the medians', () => {
  const charts = sweepChartsOf(crossing);
  expect(charts.map(({ name }) => name)).toEqual(['sweep-cpu', 'sweep-latency']);
  const points = crossing.points.filter(({ transport }) => transport === 'websocket');
  const curve = seriesOf(charts[0]).findLast(({ name }) => name === 'websocket');
  expect(curve?.data).toMatchObject(
    points.map(({ values, metrics }) => ({
      value: [values.ratePerSecond, metrics.serverCpuPerMessageUs?.median],
    })),
  );
  for (const chart of charts) expect(chart.sheets[0]?.rows).toHaveLength(RATE.values.length);
});

test('a band reaches from the lower bound to the upper', () => {
  const [cpu] = sweepChartsOf(crossing);
  const { low = 0, high = 0 } = crossing.points[0]?.metrics.serverCpuPerMessageUs ?? {};
  const [below, between] = seriesOf(cpu).filter(({ name }) => name === crossing.points[0]?.transport);
  expect(below?.data[0]).toEqual([1, low]);
  expect(between?.data[0]).toEqual([1, (high ?? 0) - (low ?? 0)]);
  const few = sampleSweep([RATE], (round) => round, { rounds: 1 });
  expect(valuesOf(sweepChartsOf(few)[0], 'line', 'polling')).toEqual([]);
});

test('a crossover is marked where it is, with the stretch that it lies in, and said', () => {
  const [cpu, latency] = sweepChartsOf(crossing);
  const found = crossing.crossovers.flatMap(({ crossings }) => crossings)[0];
  const marks = seriesOf(cpu).at(-1);
  expect(marks?.markLine?.data.map(({ xAxis }) => xAxis)).toEqual([...RATE.values, found?.near]);
  expect(marks?.markArea?.data).toEqual([[{ xAxis: found?.from }, { xAxis: found?.to }]]);
  expect(cpu?.summary).toMatch(/^Polling is cheaper than WebSocket above about \d+ msg\/s/);
  expect(seriesOf(latency).at(-1)?.markArea?.data).toEqual([]);
  expect(latency?.summary).toMatch(/^Latency p50 between 1 msg\/s and 100 msg\/s: polling from /);
});

test('axes go by factors where values do', () => {
  const [cpu] = sweepChartsOf(crossing);
  expect([axisType(cpu, 'xAxis'), axisType(cpu, 'yAxis')]).toEqual(['log', 'log']);
  const near = sampleSweep([{ ...RATE, values: [1, 2, 3] }], (round) => costing(round, 10));
  const [flat] = sweepChartsOf(near);
  expect([axisType(flat, 'xAxis'), axisType(flat, 'yAxis')]).toEqual(['value', 'value']);
});

test('a second field has charts of its own, counted and named by what it was', () => {
  const charts = sweepChartsOf(sampleSweep([RATE, INTERVAL], (round) => round));
  const names = charts.map(({ name }) => name);
  expect(names).toEqual(['sweep-cpu', 'sweep-latency', 'sweep-cpu-2', 'sweep-latency-2']);
  expect(charts[2]?.title).toBe('Poll-interval 1 s: server CPU per message by rate');
  expect(names.every(isChartName)).toBe(true);
  expect(['sweep', 'sweep-2', 'sweep-latency-p', 'constructor'].some(isChartName)).toBe(false);
});

test('words are bars, and all of it is plain data', () => {
  const charts = sweepChartsOf(sampleSweep([ADAPTER], (round) => round));
  expect(axisType(charts[0], 'yAxis')).toBe('category');
  expect(charts[0]?.sheets[0]?.rows).toHaveLength(2);
  for (const chart of [...charts, ...sweepChartsOf(crossing)]) {
    const option = chart.option(dark);
    expect(JSON.stringify(JSON.parse(JSON.stringify(option)))).toBe(JSON.stringify(option));
    expect(JSON.stringify(option)).not.toMatch(/NaN|Infinity/);
  }
});
