import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { plainLook } from '../../../src/cli/look.ts';
import type { Capacity, Report } from '../../../src/measurements.ts';
import { capacityFormats, type Formats, formats } from '../../../src/report/index.ts';
import { metrics } from '../../../src/stats/index.ts';
import { FAMILIES, HOSTILE, hostileReport, sampleReport } from '../sample.ts';
import { parseExposition } from './exposition.ts';

const NAMES = ['prometheus', 'bencher', 'benchmark-smaller', 'benchmark-bigger'] as const;
type Name = (typeof NAMES)[number];

function written<Subject>(all: Formats<Subject>, name: Name, subject: Subject): string {
  const text = all[name]?.(subject, plainLook);
  if (typeof text !== 'string') throw new Error(`${name} is no plain format`);
  return text;
}

const of = (name: Name, report: Report) => written(formats, name, report);

/** As github-action-benchmark documents its custom tools, and nothing else. */
const benchmarkShape = z.array(
  z.strictObject({
    name: z.string().min(1),
    unit: z.string().min(1),
    value: z.number(),
    range: z.string().optional(),
    extra: z.string().optional(),
  }),
);

/** As Bencher's own schema has it, with the longest names it takes. */
const bencherShape = z.record(
  z.string().min(1).max(1024),
  z.record(
    z
      .string()
      .max(64)
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
    z.strictObject({
      value: z.number(),
      lower_value: z.number().optional(),
      upper_value: z.number().optional(),
    }),
  ),
);

const report = sampleReport();
const websocket = report.summaries.find(({ transport }) => transport === 'websocket')?.metrics;
const p50 = websocket?.latencyP50Ms;

describe.each(NAMES)('%s', (name) => {
  it('is the same text each time and ends its last line', () => {
    const text = of(name, report);
    expect(text).toBe(of(name, sampleReport()));
    expect(text).toMatch(/[^\n]\n$/);
  });

  it('lets nothing through that a page, a terminal or a comment would obey', () => {
    const text = of(name, hostileReport());
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(text.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u202e]/);
    expect(text).not.toContain(JSON.stringify(HOSTILE));
    if (name !== 'prometheus') expect(text).not.toMatch(/[<>|`*@=]/);
  });
});

describe('github-action-benchmark', () => {
  const smaller = benchmarkShape.parse(JSON.parse(of('benchmark-smaller', report)));
  const bigger = benchmarkShape.parse(JSON.parse(of('benchmark-bigger', report)));

  it('has each figure once, under a name that tells whose it is, on the side where it belongs', () => {
    const names = [...smaller, ...bigger].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const known = report.summaries.flatMap((summary) => Object.keys(summary.metrics));
    expect(names).toHaveLength(known.length);
    for (const transport of FAMILIES) {
      expect(names).toContain(`broadcast · ${transport} · latency p50`);
      expect(names).toContain(`broadcast · ${transport} · server CPU per message in yardsticks`);
    }
    expect(new Set(bigger.map(({ name }) => name.split(' · ')[2]))).toEqual(
      new Set([metrics.deliveredRatio.label]),
    );
  });

  it('has the value in the unit of the report, with its interval and what it rests on', () => {
    const found = smaller.find(({ name }) => name === 'broadcast · websocket · latency p50');
    expect(found?.value).toBeCloseTo(p50?.median ?? Number.NaN, 9);
    expect(found?.unit).toBe('ms');
    expect(found?.range?.split(' to ').map(Number)[1]).toBeCloseTo(p50?.high ?? Number.NaN, 3);
    expect(found?.extra).toBe(
      'median of 5 valid rounds of 5 on AMD EPYC 7R13 Processor, Node 24.21.0, rtbench 0.1.0',
    );
  });

  it('has no interval where there is none', () => {
    const few = benchmarkShape.parse(
      JSON.parse(of('benchmark-smaller', sampleReport({ rounds: 1, transports: ['sse'] }))),
    );
    expect(few.length).toBeGreaterThan(5);
    expect(few.filter(({ range }) => range !== undefined)).toEqual([]);
  });
});

describe('Bencher', () => {
  it('has a benchmark for each transport and a measure for each metric that there is', () => {
    const found = bencherShape.parse(JSON.parse(of('bencher', report)));
    expect(Object.keys(found)).toEqual(FAMILIES.map((transport) => `broadcast · ${transport}`));
    const own = found['broadcast · websocket'] ?? {};
    expect(Object.keys(own)).toHaveLength(Object.keys(websocket ?? {}).length);
    const { value, lower_value, upper_value } = own['latency-p50-ms'] ?? {};
    expect(value).toBeCloseTo(p50?.median ?? Number.NaN, 9);
    expect(lower_value).toBeCloseTo(p50?.low ?? Number.NaN, 9);
    expect(upper_value).toBeCloseTo(p50?.high ?? Number.NaN, 9);
  });

  it('keeps its shape with hostile names', () => {
    expect(Object.keys(bencherShape.parse(JSON.parse(of('bencher', hostileReport()))))).toHaveLength(2);
  });
});

describe('Prometheus', () => {
  const samples = parseExposition(of('prometheus', report));
  const gauge = (name: string, transport = 'websocket') =>
    samples.find((sample) => sample.name === name && sample.labels.transport === transport)?.value;

  it('is in base units, with the interval in metrics of its own', () => {
    const ms = (name: string) => (gauge(name) ?? Number.NaN) * 1000;
    expect(ms('rtbench_latency_p50_seconds')).toBeCloseTo(p50?.median ?? Number.NaN, 9);
    expect(ms('rtbench_latency_p50_seconds_low')).toBeCloseTo(p50?.low ?? Number.NaN, 9);
    expect(ms('rtbench_latency_p50_seconds_high')).toBeCloseTo(p50?.high ?? Number.NaN, 9);
    expect(gauge('rtbench_server_cpu_per_message_seconds')).toBeLessThan(1e-3);
    expect(gauge('rtbench_server_cpu_ratio')).toBeLessThan(1);
    expect(gauge('rtbench_app_bytes_per_message')).toBeCloseTo(66, 0);
    expect(gauge('rtbench_valid_rounds')).toBe(5);
    expect(samples.filter(({ name }) => /(Ms|Us|percent)/.test(name))).toEqual([]);
  });

  it('tells of the machine and the versions', () => {
    const info = samples.find(({ name }) => name === 'rtbench_info');
    expect(info).toMatchObject({ value: 1, labels: { node: '24.21.0', cores: '2', scenario: 'broadcast' } });
    const packages = samples.filter(({ name }) => name === 'rtbench_package_info');
    expect(packages.map(({ labels }) => labels.package)).toEqual(['ws', 'socket.io', 'socket.io-client']);
  });

  it('can be read with hostile names, which come back as they are shown', () => {
    const found = parseExposition(of('prometheus', hostileReport()));
    const names = new Set(found.map(({ labels }) => labels.transport).filter((name) => name !== undefined));
    expect(names).toEqual(new Set(['websocket', '=1+1|<script>alert(1)</script> **x**`"']));
  });

  it('has no family without a sample', () => {
    const empty = of('prometheus', { ...report, summaries: [], finishedAt: 'never' });
    expect(parseExposition(empty).map(({ name }) => name)).not.toContain('rtbench_rounds');
  });
});

describe('a capacity', () => {
  const { rtbench, startedAt, finishedAt, machine, scenario } = report;
  const answered = (transport: string, kind: 'at-least' | 'none', deliveriesPerSecond: number | null) => ({
    ...{ transport, steps: [], doubled: null, endpoint: null },
    answer: {
      ...{ kind, value: 620, failsAt: 640, limiter: 'driver' as const, why: '', serverCoreShare: 0.6 },
      ...{ deliveriesPerSecond, deliveriesPerCoreSecond: deliveriesPerSecond },
      ...{ driverCoreShare: null, atLimit: null },
    },
  });
  const capacity: Capacity = {
    ...{ schema: 'rtbench/capacity@1', rtbench, startedAt, finishedAt, machine, scenario },
    ...{ interrupted: false, failure: null, command: [], calibration: null, calibrationMissing: null },
    ...{ slo: [], vary: 'rate' },
    transports: [answered('websocket', 'at-least', 31_000), answered('polling', 'none', null)],
  };

  it('is better when it is bigger, says so where it is only a least, and is left out where there is none', () => {
    const found = benchmarkShape.parse(JSON.parse(written(capacityFormats, 'benchmark-bigger', capacity)));
    expect(found.map(({ name }) => name)).toEqual([
      'broadcast · websocket · capacity',
      'broadcast · websocket · deliveries per second of server CPU',
    ]);
    expect(found[0]).toMatchObject({ value: 31_000, unit: 'deliveries/s' });
    expect(found[0]?.extra).toMatch(/^at least so much on /);
    expect(capacityFormats['benchmark-smaller']).toBeUndefined();
  });

  it('goes to Bencher and Prometheus too', () => {
    const measured = bencherShape.parse(JSON.parse(written(capacityFormats, 'bencher', capacity)));
    expect(measured['broadcast · websocket']?.['capacity-deliveries-per-second']?.value).toBe(31_000);
    const samples = parseExposition(written(capacityFormats, 'prometheus', capacity));
    const found = samples.filter(({ labels }) => labels.transport !== undefined);
    expect(found.map(({ name, value }) => [name, value])).toEqual([
      ['rtbench_capacity_is_lower_bound', 1],
      ['rtbench_capacity_deliveries_per_second', 31_000],
      ['rtbench_capacity_deliveries_per_core_second', 31_000],
    ]);
  });
});
