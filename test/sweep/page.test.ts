import { stripVTControlCharacters } from 'node:util';
import { Chalk } from 'chalk';
import { expect, test } from 'vitest';
import { sweepFormats } from '../../src/report/index.ts';
import { transports } from '../../src/transports/index.ts';
import { faultyReport, STEADY, withoutRedis } from '../report/faulty.ts';
import { HOSTILE } from '../report/sample.ts';
import { type Change, costing, sampleSweep } from './sample.ts';

const RATE = { field: 'ratePerSecond', option: 'rate', values: [1, 10, 100] };
const ALL = transports.map(({ name }) => name);
const plain = (columns: number) => ({ columns, chalk: new Chalk({ level: 0 }) });

const crossing = sampleSweep([RATE], (round, { ratePerSecond = 1 }) =>
  costing(round, round.transport === 'polling' ? 200 / ratePerSecond + 2 : 10 / ratePerSecond + 21),
);

test('the page says in words what crosses, by what, and between which values', () => {
  const page = sweepFormats.table(crossing, plain(300));
  expect(page).toMatch(
    /^Polling is cheaper than WebSocket above about 10 msg\/s per client here \(server CPU per message; it turns between 1 msg\/s and (10|100) msg\/s\)\.$/m,
  );
  expect(page).toContain('No crossover in the range, between 1 msg/s and 100 msg/s, by latency p50.');
  expect(page).toMatch(/^ +rate +polling +websocket$/m);
  expect(page).toMatch(/^ +1 msg\/s +202 +31\*$/m);
});

test('with fewer than three rounds nothing is said of any order', () => {
  const page = sweepFormats.table(
    sampleSweep([RATE], (round) => round, { rounds: 1 }),
    plain(200),
  );
  expect(page).toContain('No order can be told from fewer than 3 valid rounds');
  expect(page).not.toContain('No crossover');
});

test.each([80, 100, 140])(
  'at %i columns every line has room, with eight transports and two fields',
  (columns) => {
    const interval = { field: 'pollIntervalMs', option: 'poll-interval', values: [100, 1000] };
    const sweep = sampleSweep([RATE, interval], (round) => round, { transports: ALL });
    const page = sweepFormats.table(sweep, { columns, chalk: new Chalk({ level: 1 }) });
    const lines = stripVTControlCharacters(page).split('\n');
    expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThanOrEqual(columns);
    for (const title of ['poll-interval 100 ms: latency p50, ms', 'poll-interval 1 s: latency p50, ms']) {
      expect(lines).toContain(title);
    }
  },
);

test('the chart has a letter for each transport at each value, and says which is which without colour', () => {
  const lines = sweepFormats.table(crossing, plain(90)).split('\n');
  const picture = lines.filter((line) => /[│┤]/.test(line)).join('\n');
  expect(picture.match(/[PW*]/g)).toHaveLength(5); // in the middle the two meet in one cell
  expect(lines.some((line) => line.trim().startsWith('P polling · W websocket'))).toBe(true);
  // Eight transports have eight letters, two of them none of their own first ones.
  const eight = sweepFormats.table(
    sampleSweep([RATE], (round) => round, { transports: ALL }),
    plain(140),
  );
  const [, legend = ''] = /^ {2}(P polling.*)$/m.exec(eight) ?? [];
  const letters = legend.split(' · ').map((part) => part.split(' ')[0]);
  expect(new Set(letters.slice(0, ALL.length)).size).toBe(ALL.length);
});

test('a point without a valid round is a dash with a mark, and no letter', () => {
  const sweep = sampleSweep([RATE], (round, { ratePerSecond }) => ({
    ...round,
    valid: ratePerSecond !== 10,
  }));
  const page = sweepFormats.table(sweep, plain(90));
  expect(page).toMatch(/^ +10 msg\/s +–\? +–\?$/m);
  expect(page).toContain('? without its invalid rounds');
});

test('files hold every round behind the values of its point', () => {
  const [head = '', ...lines] = sweepFormats.csv(crossing, plain(80)).trimEnd().split('\r\n');
  expect(head.startsWith('vary:ratePerSecond,transport,round,')).toBe(true);
  expect(lines).toHaveLength(3 * 2 * 3);
  expect(JSON.parse(sweepFormats.json(crossing, plain(80)))).toEqual(JSON.parse(JSON.stringify(crossing)));
  const types = sweepFormats
    .ndjson(crossing, plain(80))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).type);
  expect(new Set(types)).toEqual(new Set(['point', 'crossover', 'slope']));
  expect(sweepFormats.markdown(crossing, plain(80))).toMatch(/^\| +1 msg\/s \| +202 \| +\*\*31\*\* \|$/m);
});

test('foreign text reaches neither a terminal nor a page as it is', () => {
  const vary = [{ ...RATE, option: HOSTILE }];
  const hostile = sampleSweep(vary, (round) => round, { transports: [HOSTILE, 'websocket'] });
  expect(sweepFormats.table(hostile, plain(90)).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
  expect(sweepFormats.markdown(hostile, plain(90))).not.toContain('<script>');
});

const OUTAGE = {
  ...STEADY,
  clients: 30,
  durationMs: 40_000,
  nodes: 3,
  adapter: 'redis' as const,
  faults: [{ fault: 'redis-kill' as const, atMs: 5000, forMs: 10_000, node: 1 }],
};

test('words are varied: a line for each configuration of nodes, no axis, no slopes', () => {
  const vary = [
    { field: 'redisClient', option: 'redis-client', values: [0, 1], names: ['ioredis', 'node-redis'] },
    { field: 'redisErrors', option: 'redis-errors', values: [0, 1], names: ['handled', 'unhandled'] },
  ];
  const rounds = faultyReport({ transports: ['socketio'], scenario: OUTAGE }).rounds;
  const change: Change = (round, { redisClient = 0, redisErrors = 0 }) => {
    const died = redisClient + redisErrors === 2 ? { atMs: 10_300, why: 'TimeoutError' } : null;
    return withoutRedis({ ...(rounds[0] ?? round), round: round.round }, 1500, died);
  };
  const sweep = sampleSweep(vary, change, { transports: ['socketio'], rounds: 1, scenario: OUTAGE });
  const text = sweepFormats.table(sweep, plain(120));
  expect(sweep.slopes).toEqual([]);
  expect(sweep.crossovers).toEqual([]);
  expect(text).toMatch(/ioredis, handled +3 of 3 +100 +100 +100 +100 +0 +94 +1\.6/);
  expect(text).toMatch(/node-redis, unhandled +2 of 3/);
  expect(text).toContain('node-redis, unhandled: 2 of 3 nodes lived through redis-kill');
  expect(text).not.toMatch(/slopes|crossover/);
  expect(sweepFormats.csv(sweep, plain(100)).split('\r\n')[1]).toMatch(/^ioredis,handled,socketio,/);
  expect(sweepFormats.markdown(sweep, plain(100))).toContain('| node-redis, unhandled');
});

test('nothing crosses or rises along words', () => {
  const kinds = {
    field: 'payloadKind',
    option: 'payload-kind',
    values: [0, 1, 2],
    names: ['text', 'binary', 'x'],
  };
  const change: Change = (round, { payloadKind = 0 }) =>
    costing(round, round.transport === 'polling' ? 30 - 14 * payloadKind : 10);
  const numbers = sampleSweep([{ ...kinds, names: null }], change);
  expect(numbers.crossovers.flatMap(({ crossings }) => crossings)).not.toEqual([]);
  const words = sampleSweep([kinds], change);
  expect([words.crossovers, words.slopes]).toEqual([[], []]);
  expect(sweepFormats.table(words, plain(100))).toMatch(/binary +16 +10\*/);
});
