import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { plainLook } from '../../src/cli/look.ts';
import type { Capacity, CapacityStep, Endpoint, Limiter, TransportCapacity } from '../../src/measurements.ts';
import { capacityFormats, capacitySchema, readSaved } from '../../src/report/index.ts';
import { FAMILIES, HOSTILE, sampleReport } from './sample.ts';

const sample = sampleReport({
  transports: FAMILIES,
  rounds: 1,
  scenario: { clients: 50 },
});
const { rtbench, startedAt, finishedAt, command, machine, scenario, rounds } = sample;
const { calibration, calibrationMissing } = sample;
const latency = rounds[0]?.latency ?? null;

function step(value: number, limiter: Limiter | null, server: number): CapacityStep {
  return {
    ...{ value, clients: 50, ratePerSecond: value, limiter, why: 'the drivers used 97% of a core', lost: 0 },
    ...{
      rounds: 2,
      spoilt: 1,
      latency,
      driverCoreShare: 0.5,
      drivers: 1,
      serverLoopDelayP99Ms: 1,
      flags: [],
    },
    verdict: limiter === null ? 'pass' : 'limit',
    deliveriesPerSecond: value * 50,
    serverCoreShare: server,
  };
}

const FOUND: TransportCapacity = {
  transport: 'websocket',
  steps: [step(320, null, 0.3), step(640, 'driver', 0.7), step(620, null, 0.62)],
  answer: {
    ...{
      kind: 'at-least',
      value: 620,
      failsAt: 640,
      limiter: 'driver',
      why: 'the drivers used 97% of a core',
    },
    ...{ deliveriesPerSecond: 31_000, serverCoreShare: 0.62, deliveriesPerCoreSecond: 50_000 },
    driverCoreShare: 0.5,
    atLimit: null,
  },
  doubled: null,
  endpoint: null,
};

const load = { bytesPerAnswer: 300, serverCoreShare: 0.97, cannonCoreShare: 0.61 };
const ENDPOINT: Endpoint = {
  ...{ connections: 32, pollIntervalMs: 2000 },
  loads: [
    {
      ...load,
      ...{
        messagesPerAnswer: 0,
        answersPerSecond: 20_000,
        clients: 40_000,
        kind: 'capacity',
        limiter: 'server-cpu',
      },
      latency: rounds[0]?.latency ?? fail(),
    },
  ],
};

function fail(): never {
  throw new Error('no sample');
}

function capacityOf(...transports: TransportCapacity[]): Capacity {
  return {
    schema: 'rtbench/capacity@1',
    ...{
      rtbench,
      startedAt,
      finishedAt,
      interrupted: false,
      failure: null,
      command,
      machine,
      calibration,
      calibrationMissing,
      scenario,
      transports,
    },
    slo: [{ figure: 'p99', limit: 50, inclusive: false }],
    vary: 'rate',
  };
}

const tableOf = (capacity: Capacity) => capacityFormats.table(capacity, plainLook);

test('the table shows the steps by load, and one sentence what they come to', () => {
  const text = tableOf(capacityOf(FOUND));
  const loads = text.split('\n').flatMap((line) => /^ +(\d+) +[\d,]+ /.exec(line)?.[1] ?? []);
  expect(loads).toEqual(['320', '620', '640']);
  expect(text).toMatch(/620 +31,000 .* 62% +50% +2\+1 .* ok {2}◀/);
  expect(text.replaceAll('\n', ' ')).toContain(
    'WebSocket carries at least 31,000 deliveries/s to 50 clients (620 msg/s each) at p99 < 50 ms here; the server used 62% of its core, 50,000 for each second of its CPU.' +
      ' What kept it from more at 640 msg/s: the driver was the limit (the drivers used 97% of a core).',
  );
});

test('the capacity itself is not told as at least', () => {
  const answer = { ...FOUND.answer, kind: 'capacity', limiter: 'server-cpu' } as const;
  const text = tableOf(capacityOf({ ...FOUND, answer })).replaceAll('\n', ' ');
  expect(text).toContain('WebSocket carries 31,000 deliveries/s');
  expect(text).toContain('the server was the limit');
  expect(text).not.toContain('at least');
});

test('a search that is not through names no limit of anybody', () => {
  const answer = { ...FOUND.answer, limiter: 'time', why: 'the time of --max-time was over' } as const;
  const text = tableOf(capacityOf({ ...FOUND, answer })).replaceAll('\n', ' ');
  expect(text).toContain('The search is not through: the time of --max-time was over.');
  expect(text).not.toContain('was the limit');
});

test('polling that waits too long by itself is told so', () => {
  const answer = { ...FOUND.answer, kind: 'none', value: null, failsAt: 20, limiter: 'latency' } as const;
  const text = tableOf(capacityOf({ ...FOUND, transport: 'polling', answer })).replaceAll('\n', ' ');
  expect(text).toContain('Polling met p99 < 50 ms at no load that was tried, the lowest being 20 msg/s');
  expect(text).toContain(
    'Its clients ask every 1 s, whatever the load: shorten --poll-interval, or loosen --slo.',
  );
});

test('a load that failed again with twice the drivers is told, and one that then did not', () => {
  const answer = { ...FOUND.answer, kind: 'capacity', limiter: 'server-cpu' } as const;
  const told = (verdict: 'pass' | 'fail' | 'limit') => {
    const doubled: CapacityStep = { ...step(640, 'server-cpu', 0.97), verdict, drivers: 2 };
    return tableOf(capacityOf({ ...FOUND, answer, doubled })).replaceAll('\n', ' ');
  };
  expect(told('fail')).toContain(
    "At 640 msg/s, with 2 driver processes in place of 1, it is the same: the server was the limit (server 97%, clients' side 50%).",
  );
  expect(told('pass')).toContain(
    'At 640 msg/s, with 2 driver processes in place of 1, the bounds were met: the drivers were the limit.',
  );
  expect(told('limit')).not.toContain('in place of');
});

test('a result from before drivers were doubled is read as it was', () => {
  const whole = JSON.parse(capacityFormats.json(capacityOf(FOUND), plainLook));
  const [found] = whole.transports;
  delete found.doubled;
  delete found.answer.atLimit;
  for (const one of found.steps) delete one.drivers;
  expect(capacitySchema.parse(whole).transports[0]).toMatchObject({
    doubled: null,
    answer: { atLimit: null },
  });
});

test('pictures: all side by side and each by itself, and one alone', async () => {
  const svg = async (capacity: Capacity, chart?: string) =>
    capacityFormats.svg?.(capacity, { ...plainLook, ...(chart !== undefined && { chart }) }) ?? '';
  const one = await svg(capacityOf(FOUND));
  for (const text of ['How much WebSocket carries', '≥ 31,000 deliveries/s', '50 ms', 'server', 'p50'])
    expect(one).toContain(text);
  const both = capacityOf(FOUND, { ...FOUND, transport: 'sse' });
  expect(await svg(both)).toContain('How much each carries');
  expect(await svg(both, 'capacity-sse')).toContain('How much SSE carries');
  await expect(svg(both, 'capacity-polling')).rejects.toThrow(
    'Expected --chart to be one of capacity, capacity-websocket, capacity-sse, got `capacity-polling`',
  );
  const { charts } = readSaved(capacityFormats.json(both, plainLook));
  expect(charts()[0]?.summary).toBe(
    'Deliveries per second with p99 < 50 ms: WebSocket at least 31,000 and SSE at least 31,000.',
  );
});

test('the endpoint is told in polls and in clients', () => {
  const text = tableOf(capacityOf({ ...FOUND, transport: 'polling', endpoint: ENDPOINT })).replaceAll(
    '\n',
    ' ',
  );
  expect(text).toContain(
    'The endpoint answers 20,000 polls/s with nothing to tell: at one poll every 2 s that is 40,000 clients' +
      ' (the server was the limit: server 97%, autocannon 61% of a core).',
  );
});

test('several transports end in a table of their answers', () => {
  const text = tableOf(capacityOf(FOUND, { ...FOUND, transport: 'sse' }));
  expect(text).toMatch(/\nsse +≥ 620 +31,000 +62% +50,000 +driver/);
});

test('no line is wider than its terminal', () => {
  for (const columns of [60, 80, 200]) {
    const lines = capacityFormats.table(capacityOf(FOUND), { ...plainLook, columns }).split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
  }
});

test('every format is told, and what is read back is what was written', () => {
  const capacity = capacityOf(FOUND, { ...FOUND, transport: 'polling', endpoint: ENDPOINT });
  expect(capacitySchema.parse(JSON.parse(capacityFormats.json(capacity, plainLook)))).toEqual(capacity);
  const kinds = capacityFormats
    .ndjson(capacity, plainLook)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).type);
  expect(kinds).toEqual(['step', 'step', 'step', 'answer', 'step', 'step', 'step', 'answer']);
  const csv = capacityFormats.csv(capacity, plainLook).trimEnd().split('\r\n');
  expect(csv).toHaveLength(7);
  expect(csv[2]).toMatch(/^websocket,640,50,640,limit,driver,2,1,32000,0,/);
  expect(new Set(csv.map((line) => line.split(',').length)).size).toBe(1);
  expect(capacityFormats.markdown(capacity, plainLook)).toContain('### polling');
});

test('foreign strings reach no terminal and no markup', () => {
  const steps = FOUND.steps.map((one) => ({ ...one, why: HOSTILE }));
  const hostile = { ...FOUND, transport: HOSTILE, steps, answer: { ...FOUND.answer, why: HOSTILE } };
  const capacity = { ...capacityOf(hostile), scenario: { ...scenario, name: HOSTILE } };
  const text = tableOf(capacity);
  expect(stripVTControlCharacters(text)).toBe(text);
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect(capacityFormats.markdown(capacity, plainLook)).not.toContain('<script>');
});
