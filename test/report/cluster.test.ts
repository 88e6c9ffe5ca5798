import { Chalk } from 'chalk';
import { describe, expect, it } from 'vitest';
import type { Report, Round } from '../../src/measurements.ts';
import { formats, readReport } from '../../src/report/index.ts';
import { metricOf } from '../../src/stats/index.ts';
import { faultyReport, onThreeNodes, withoutRedis } from './faulty.ts';
import { HOSTILE } from './sample.ts';

const plain = (columns: number) => ({ columns, chalk: new Chalk({ level: 0 }) });
const show = (report: Report, columns = 100) => formats.table(report, plain(columns));
const wordsOf = (report: Report) => show(report, 400).replace(/\s+/g, ' ');

const NODES = {
  clients: 300,
  ratePerSecond: 10,
  durationMs: 2000,
  nodes: 3,
  adapter: 'redis' as const,
  faults: [],
};
const OUTAGE = {
  ...NODES,
  clients: 30,
  durationMs: 40_000,
  faults: [{ fault: 'redis-kill' as const, atMs: 5000, forMs: 10_000, node: 1 }],
};
const TWO = ['websocket', 'socketio'];
const onNodes = (reach: number, scenario: object = {}, transports = TWO) =>
  faultyReport({
    transports,
    scenario: { ...NODES, ...scenario },
    change: (round) => onThreeNodes(round, reach),
  });
const outage = (change: (round: Round) => Round, transports = TWO) =>
  faultyReport({ transports, scenario: OUTAGE, change });

const REPORTS: readonly (readonly [string, Report])[] = [
  ['everything arrives', onNodes(1)],
  ['nothing arrives', onNodes(0, { adapter: 'none' })],
  ['one transport', onNodes(1, {}, ['socketio'])],
  ['Redis is away', outage((round) => withoutRedis(round))],
  ['a node dies', outage((round) => withoutRedis(round, 1500, { atMs: 9000, why: HOSTILE }), ['socketio'])],
];

describe.each(REPORTS)('several nodes where %s', (_, report) => {
  it.each([40, 60, 80, 100, 140])('keep every line within %i columns', (columns) => {
    for (const line of show(report, columns).split('\n'))
      expect([...line].length, line).toBeLessThanOrEqual(columns);
  });

  it('are figures and words only, and read and printed again', () => {
    const text = show(report);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    expect(text).not.toMatch(/NaN|Infinity|undefined|null|\[object/);
    expect(show(readReport(formats.json(report, plain(100))))).toBe(text);
    expect(formats.markdown(report, plain(100))).not.toContain('<script>');
  });
});

it('tells what arrives on the same node and on others, and what the way between adds', () => {
  const text = show(onNodes(1), 140);
  expect(text).toMatch(/websocket +2,000 +100 +0\.\d+ .* 4,000 +100 +1\.3 .*0\.42.* 3 of 3/);
  expect(wordsOf(onNodes(1))).toContain(
    'WebSocket: all 6,000 deliveries arrived, on the same node and on others; the hop adds 0.42 ms at p50.',
  );
  expect(wordsOf(onNodes(0.5))).toContain('100% on the same node and 50% to others');
});

it('says plainly that without an adapter exactly the local share arrives, and only where it is exact', () => {
  expect(wordsOf(onNodes(0, { adapter: 'none' }))).toContain(
    'WebSocket without an adapter delivers exactly the local share: 1/3 (2,000 of 6,000).',
  );
  const leaking = wordsOf(onNodes(0.01, { adapter: 'none' }));
  expect(leaking).not.toContain('exactly');
  expect(leaking).toContain('where the local share is 33.3%');
});

it('shows each node of a single transport', () => {
  expect(show(onNodes(1, {}, ['socketio']))).toMatch(/\n +2 +100 +[\d.]+ +92\.0 MB +61\.0 MB +310 KB +100\n/);
});

it('tells nothing of local and remote where a balancer chooses the node', () => {
  const text = show(onNodes(0, { adapter: 'none', balancer: 'nginx' }));
  expect(text).toContain('nginx alone knows which client is at which node');
  expect(text).not.toMatch(/same node|local share/);
});

describe('the absence of Redis', () => {
  const died = { atMs: 10_300, why: 'exit code 1: TimeoutError' };
  const report = outage((round) => withoutRedis(round, 1500, round.transport === 'websocket' ? died : null));

  it('is told by who lives and who hears whom before, meanwhile and after', () => {
    const text = show(report, 120);
    expect(text).toMatch(/socketio +3 of 3 +100 +100 +100 +100 +0 +94 +1\.6 +120 +9\.4/);
    expect(text).toMatch(/websocket +2 of 3 /);
    expect(text).not.toContain('noticed, s');
    expect(wordsOf(report)).toContain(
      'websocket: 2 of 3 nodes lived through redis-kill; the first ended at 10.3 s: exit code 1: TimeoutError.',
    );
  });

  it('is never over where something is lost until the end, and over at once where nothing is', () => {
    expect(show(outage((round) => withoutRedis(round, 60_000)))).toMatch(/socketio .* never/);
    const text = show(
      outage((round) => withoutRedis(round, -103)),
      120,
    );
    expect(text).toMatch(/socketio +3 of 3 +100 +100 +100 +100 +\S+ +100 +0 /);
  });

  it('counts as stale what all came within the step of its end', () => {
    const report = outage((round) => {
      const away = withoutRedis(round, -103);
      const endStep = Math.floor((away.faults[0]?.endedMs ?? 0) / 100);
      if (away.series === null) return away;
      const latencyMaxMs = away.series.latencyMaxMs.map((_, step) => (step === endStep ? 9960 : 4));
      return { ...away, series: { ...away.series, latencyMaxMs } };
    });
    expect(show(report, 120)).toMatch(/socketio .* 120 +10\.0\n|socketio .* 120 +10\n/);
  });

  it('has its columns in CSV', () => {
    const [head = '', line = ''] = formats.csv(report, plain(100)).split('\r\n');
    const cell = (name: string) => line.split(',')[head.split(',').indexOf(name)];
    expect(cell('1.redis-kill.remoteDuring')).toBe('0');
    expect(cell('1.redis-kill.localDuring')).toBe('1');
    expect(cell('nodesDied')).toBe('1');
  });
});

it('has metrics of what passes between nodes and of what faults cost', () => {
  const [round] = onNodes(0.5).rounds;
  const of = (key: Parameters<typeof metricOf>[1]) => round && metricOf(round, key);
  expect(of('localDeliveredRatio')).toBe(1);
  expect(of('remoteDeliveredRatio')).toBe(0.5);
  expect(of('hopP50Ms')).toBeCloseTo(0.42);
  const [broken] = faultyReport({ transports: ['websocket'] }).rounds;
  if (broken === undefined) throw new Error('no round');
  const slowest = Math.max(...broken.faults.map(({ recovered }) => recovered.p99Ms ?? 0));
  expect(metricOf(broken, 'recoveredP99Ms')).toBe(slowest);
  expect(metricOf(broken, 'lostRatio')).toBe(broken.delivery.lost / broken.delivery.expected);
  expect(metricOf({ ...broken, faults: [] }, 'noticedP50Ms')).toBeNull();
});
