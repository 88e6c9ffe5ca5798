import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { RtbenchError } from '../../src/errors.ts';
import type { Report } from '../../src/measurements.ts';
import { applicationDefaults } from '../../src/plan/fields/application.ts';
import { clusterDefaults } from '../../src/plan/fields/cluster.ts';
import { readReport, reportJsonSchema } from '../../src/report/index.ts';
import { hostileReport, sampleReport } from './sample.ts';

const report = sampleReport({ rounds: 2 });

function refusal(text: string): string {
  try {
    readReport(text);
  } catch (error) {
    expect(error).toBeInstanceOf(RtbenchError);
    expect(error).toMatchObject({ code: 'report' });
    return error instanceof Error ? error.message : '';
  }
  throw new Error('it was read');
}

/** Every path to a field of plain data. */
function pathsOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => [[...path, key], ...pathsOf(child, [...path, key])]);
}

function without(path: readonly string[]): unknown {
  const copy: unknown = structuredClone(report);
  const parent = path.slice(0, -1).reduce<unknown>((node, key) => Reflect.get(Object(node), key), copy);
  Reflect.deleteProperty(Object(parent), path.at(-1) ?? '');
  return copy;
}

/** Fields that reports of this version have had only since 0.2. */
const LATER = [
  ...['isolationMissing', 'calibration', 'calibrationMissing', 'rttMs', 'jitterMs', 'bandwidthBitsPerSecond'],
  ...['precision', 'wire', 'link', 'model', 'leastEffect', 'mannWhitneyP', 'yardstickCpuUs', 'slipP50Ms'],
  ...[
    'misdirected',
    'conflated',
    'staleness',
    'channels',
    'connectionsPerClient',
    'churn',
    'history',
    'alone',
  ],
  ...Object.keys(applicationDefaults),
  ...Object.keys(clusterDefaults),
  ...[
    'phases',
    'gates',
    'baseline',
    'transports',
    'coreShare',
    'faults',
    'series',
    'cluster',
    'crowd',
    'heartbeatTimeoutMs',
    'recovery',
  ],
  ...['carrying', 'refused'],
];
const LATER_OF_DRIVER = ['clients', 'arrivedInWindow', 'heapBytes', 'heapIdleBytes'];
const isLater = (path: readonly PropertyKey[]) =>
  LATER.includes(String(path.at(-1))) ||
  (path.includes('connect') && path.at(-1) === 'packets') ||
  (path.includes('driver') && LATER_OF_DRIVER.includes(String(path.at(-1))));

describe('reading a report', () => {
  it.each([
    ['a comparison', report],
    ['a run', sampleReport({ transports: ['sse'], rounds: 1 })],
    ['nothing finished', { ...sampleReport({ transports: [], rounds: 0 }), interrupted: true }],
    ['hostile strings', hostileReport()],
  ])('gives back what was written: %s', (_, written: Report) => {
    expect(readReport(JSON.stringify(written))).toEqual(written);
  });

  it('keeps fields that a later rtbench added', () => {
    const [round] = report.rounds;
    const later = { ...report, added: 1, rounds: [{ ...round, added: { deep: true } }] };
    expect(readReport(JSON.stringify(later))).toEqual(later);
  });

  it('ignores a byte order mark', () => {
    expect(readReport(`\uFEFF${JSON.stringify(report)}`)).toEqual(report);
  });

  it.each([
    ['', /it is empty/],
    ['hello', /it is not JSON/],
    ['{"schema":', /it is not JSON/],
    ['[]', /its schema is missing.*rtbench\/report@1/],
    ['null', /its schema is missing/],
    ['{"schema":"rtbench/report@2"}', /its schema is `"rtbench\/report@2"`.*reads `"rtbench\/report@1"`/],
    ['{"schema":"rtbench/report@1"}', /rtbench: expected string, but it is missing/],
    [JSON.stringify({ ...report, interrupted: 'yes' }), /interrupted: expected boolean, received string/],
  ])('says in one line what is wrong with %.40s', (text, why) => {
    const message = refusal(text);
    expect(message).toMatch(why);
    expect(message).not.toMatch(/\n/);
  });

  it('names the path of the first wrong field', () => {
    const [round] = report.rounds;
    const wrong = { ...report, rounds: [round, { ...round, latency: { ...round?.latency, p50Ms: 'x' } }] };
    expect(refusal(JSON.stringify(wrong))).toMatch(
      /rounds\[1\]\.latency\.p50Ms: expected number, received string/,
    );
  });

  it('checks that histograms can be read', () => {
    const [round] = report.rounds;
    const wrong = {
      ...report,
      rounds: [{ ...round, crowdLatency: { ...round?.crowdLatency, hdr: 'HIST' } }],
    };
    expect(refusal(JSON.stringify(wrong))).toMatch(/rounds\[0\]\.crowdLatency\.hdr/);
  });

  it('shows nothing of a hostile file raw', () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(refusal('{"schema":"\\u001b[2J\\u0007"}')).not.toMatch(/[\u0000-\u001f]/);
  });

  it('takes what a report of the first rtbench did not have for none', () => {
    const first = JSON.stringify(report, (key, value) => (LATER.includes(key) ? undefined : value));
    const [round] = readReport(first).rounds;
    expect([round?.model, round?.link, round?.bytes.wire, round?.phases]).toEqual([null, null, null, []]);
  });

  it('misses every field of the report that is gone', () => {
    const required = pathsOf({
      ...report,
      rounds: report.rounds.slice(0, 1),
      summaries: [],
      comparisons: report.comparisons.slice(0, 1),
    }).filter((path) => !path.includes('packages') && !/^\d+$/.test(path.at(-1) ?? '') && !isLater(path));
    expect(required.length).toBeGreaterThan(100);
    for (const path of required) {
      expect(() => readReport(JSON.stringify(without(path))), path.join('.')).toThrow(RtbenchError);
    }
  });
});

describe('the published JSON Schema', () => {
  const published = z.fromJSONSchema(JSON.parse(JSON.stringify(reportJsonSchema())));

  it('accepts every sample and what a later rtbench added', () => {
    for (const sample of [report, hostileReport(), { ...report, added: 1 }]) {
      expect(published.safeParse(JSON.parse(JSON.stringify(sample))).success).toBe(true);
    }
  });

  it('refuses a report that lacks a field or has a wrong one', () => {
    expect(published.safeParse({ ...report, rounds: undefined }).success).toBe(false);
    expect(published.safeParse({ ...report, machine: { ...report.machine, cores: 'two' } }).success).toBe(
      false,
    );
  });
});
