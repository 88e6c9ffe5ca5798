import { Chalk } from 'chalk';
import { expect, test } from 'vitest';
import { RtbenchError } from '../../../src/errors.ts';
import type { Chart } from '../../../src/report/charts/chart.ts';
import { chartsOf, sweepChartsOf } from '../../../src/report/charts/index.ts';
import { dark, light } from '../../../src/report/charts/palette.ts';
import { svg, sweepSvg } from '../../../src/report/charts/svg.ts';
import { readReport } from '../../../src/report/index.ts';
import { sampleSweep } from '../../sweep/sample.ts';
import { faultyReport } from '../faulty.ts';
import { HOSTILE, hostileReport, sampleReport } from '../sample.ts';
import { wrongOf } from './xml.ts';

const look = { columns: 100, chalk: new Chalk({ level: 0 }) };
const report = sampleReport();
const rate = { field: 'ratePerSecond', option: HOSTILE, values: [1, 10, 100] };
const sweep = sampleSweep([rate], (round) => round, { transports: ['websocket', HOSTILE] });

const faulty = faultyReport({ transports: ['polling', 'websocket'] });
const hostile = hostileReport({ rounds: 3 });

type Draw = (chart: string) => Promise<string>;
const PICTURES: readonly (readonly [string, readonly Chart[], Draw])[] = [
  ['a comparison', chartsOf(report), (chart) => svg(report, { ...look, chart })],
  ['faults', chartsOf(faulty), (chart) => svg(faulty, { ...look, chart })],
  ['hostile names', chartsOf(hostile), (chart) => svg(hostile, { ...look, chart })],
  ['a hostile sweep', sweepChartsOf(sweep), (chart) => sweepSvg(sweep, { ...look, chart })],
];

test.each(PICTURES)('pictures of %s are well-formed, still, and by themselves', async (_, charts, draw) => {
  expect(charts.length).toBeGreaterThan(1);
  for (const { name } of charts) {
    const text = await draw(name);
    expect(wrongOf(text), name).toBeUndefined();
    expect(text).toMatch(/^<svg [^>]*role="img" aria-labelledby="title desc" width="900" /);
    expect(text).toMatch(/<title id="title">[^<]+<\/title>\n<desc id="desc">[^<]+<\/desc>/);
    expect(text).not.toMatch(/<script|<a |<image|<foreignObject|<animate|@import|url\((?!#)|href=/i);
    expect(text).not.toMatch(/<[^>]*\son\w+=/i);
    expect(text).not.toMatch(/NaN|undefined|\u202e/);
    expect(text.endsWith('</svg>\n')).toBe(true);
  }
});

test('the same report is the same picture, byte for byte', async () => {
  for (const chart of ['latency', 'bytes', 'percentiles']) {
    const [one, other] = [await svg(report, { ...look, chart }), await svg(report, { ...look, chart })];
    expect(one).toBe(other);
  }
});

test('a picture bears its title, its workload, its unit, its figures and what there is to see', async () => {
  const text = await svg(report, look);
  const [latency] = chartsOf(report);
  expect(text).toContain(`<title id="title">${latency?.title}</title>`);
  expect(text).toContain(
    '>broadcast · 200 clients (8 witnesses, lean crowd) · 20 msg/s · 64 B text · 5 interleaved rounds of 2 s<',
  );
  expect(text).toContain('one-way latency, ms, log scale');
  expect(text).toContain(latency?.summary);
  expect(text).toMatch(/>\d+ \(\d+–\d+\)</);
  for (const name of ['polling', 'longpoll', 'streaming', 'websocket', 'socketio']) {
    expect(text).toContain(`>${name}</text>`);
  }
});

test('every colour of it has another in the dark', async () => {
  for (const { name } of chartsOf(report)) {
    const text = await svg(report, { ...look, chart: name });
    const seen = text.replace(/<clipPath.*?<\/clipPath>/gs, '');
    const drawn = [...seen.matchAll(/(?:fill|stroke)="(#[^"]+)"/g)].map(([, colour = '']) => colour);
    const rules = text.slice(text.indexOf('<style>'), text.indexOf('</style>'));
    expect(drawn.length).toBeGreaterThan(10);
    for (const colour of drawn) expect(rules, colour).toContain(`[fill="${colour}"]{fill:#`);
    expect(rules).toContain(`[fill="${light.background}"]{fill:${dark.background}}`);
  }
});

test('a chart that the report has not is refused with those that it has', async () => {
  const error: unknown = await svg(report, { ...look, chart: 'time' }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(RtbenchError);
  expect(error).toMatchObject({
    code: 'usage',
    message: 'Expected --chart to be one of latency, percentiles, bytes, cpu, memory, got `time`',
  });
  const none = sampleReport({ rounds: 0 });
  await expect(svg(none, look)).rejects.toThrow('nothing in this result can be drawn');
});

test('a hundred rounds are drawn as fast as a page can wait for', async () => {
  const many = readReport(JSON.stringify(sampleReport({ rounds: 20, scenario: { durationMs: 500 } })));
  const startedMs = performance.now();
  for (const { option } of chartsOf(many)) expect(JSON.stringify(option(light)).length).toBeGreaterThan(100);
  // Idle it takes a twentieth of that.
  expect(performance.now() - startedMs).toBeLessThan(5000);
});
