import { expect, test } from 'vitest';
import { RtbenchError } from '../../src/errors.ts';
import { makeSweepPlan, type SweepRequest, turnsOf } from '../../src/sweep/plan.ts';
import { findTransport } from '../../src/transports/index.ts';

const transports = ['polling', 'websocket'].flatMap((name) => findTransport(name) ?? []);

function planned(vary: readonly string[], options: SweepRequest['options'] = {}, metrics: string[] = []) {
  const scenario = { name: 'test', summary: 'test', application: 'broadcast', settings: {} } as const;
  const request = { command: ['sweep'], transports, scenario, rounds: 3, isolate: 'off' };
  return makeSweepPlan({ ...request, options, vary, metrics }, { openFiles: 20_000 });
}

function refusal(
  vary: readonly string[],
  options: SweepRequest['options'] = {},
  metrics: string[] = [],
): string {
  try {
    planned(vary, options, metrics);
  } catch (error) {
    if (error instanceof RtbenchError && error.code === 'usage') return error.message;
    throw error;
  }
  return 'accepted';
}

test('every combination is a point with a scenario of its own, values in their units and ascending', () => {
  const plan = planned(['rate=10,1', 'poll-interval=1s,100ms'], { clients: '30' });
  expect(plan.points.map(({ values }) => values)).toEqual([
    { ratePerSecond: 1, pollIntervalMs: 100 },
    { ratePerSecond: 1, pollIntervalMs: 1000 },
    { ratePerSecond: 10, pollIntervalMs: 100 },
    { ratePerSecond: 10, pollIntervalMs: 1000 },
  ]);
  expect(plan.points[1]?.scenario).toMatchObject({ ratePerSecond: 1, pollIntervalMs: 1000, clients: 30 });
  expect(plan.points[1]?.point).toBe('rate 1, poll-interval 1s');
  expect(plan.vary[0]).toEqual({ field: 'ratePerSecond', option: 'rate', values: [1, 10], names: null });
});

test('words are varied in the order in which they were typed', () => {
  const plan = planned(['payload-kind=text,binary', 'rate=1,10']);
  expect(plan.vary[0]).toEqual({
    field: 'payloadKind',
    option: 'payload-kind',
    values: [0, 1],
    names: ['text', 'binary'],
  });
  expect(plan.points.map(({ scenario }) => scenario.payloadKind)).toEqual([
    'text',
    'text',
    'binary',
    'binary',
  ]);
  expect(plan.points.at(-1)?.point).toBe('payload-kind binary, rate 10');
  expect(plan.points.at(-1)?.values).toEqual({ payloadKind: 1, ratePerSecond: 10 });
});

test('each block holds each point once, and the transports of a point stand next to each other', () => {
  const plan = planned(['rate=1,10,100'], { rounds: '8' });
  const turns = turnsOf(plan);
  expect(turns).toHaveLength(8 * 3 * 2);
  for (let index = 0; index < turns.length; index += 2) {
    const [one, other] = [turns[index], turns[index + 1]];
    expect(one?.scenario).toBe(other?.scenario);
    expect(one?.round).toBe(other?.round);
    expect(new Set([one?.transport, other?.transport]).size).toBe(2);
  }
  const blocks = [...Map.groupBy(turns, ({ round }) => round).values()];
  for (const block of blocks) expect(new Set(block.map(({ scenario }) => scenario)).size).toBe(3);
  expect(new Set(blocks.map((block) => block.map(({ point }) => point).join())).size).toBeGreaterThan(2);
  expect(turnsOf(plan)).toEqual(turns);
});

test.each<[readonly string[], SweepRequest['options'], string]>([
  [[], {}, 'a field and its values, such as --vary clients=10,100,1000, got `nothing`'],
  [['clients'], {}, 'such as --vary clients=10,100,1000, got `clients`'],
  [['clents=1,2'], {}, 'got `clents`. Did you mean `clients`?'],
  [['arrivals=periodic,random'], {}, 'each value of --vary arrivals to be periodic or poisson, got `random`'],
  [['sticky=on,on'], {}, '--vary sticky to be each value once'],
  [['phases=1,2'], {}, 'a field that can be varied'],
  [['rounds=1,2'], {}, 'a field that can be varied'],
  [['clients=5'], {}, 'Expected --vary clients to be two values or more, got `5`'],
  [['clients=5,'], {}, 'Expected each value of --vary clients to be a positive integer, got ``'],
  [['payload=64,64B'], {}, 'Expected --vary payload to be each value once'],
  [['poll-interval=1,2'], {}, 'Expected each value of --vary poll-interval to be a time'],
  [['rate=1,20000'], {}, 'from 0.001 to 10000, got `20000`'],
  [['rate=1,2', 'rate=3,4'], {}, 'that was not varied yet, got `rate`'],
  [['rate=1,2', 'clients=1,2', 'payload=64,99'], {}, 'given at most 2 times'],
  [['rate=1,2'], { ratePerSecond: '5' }, 'Expected --rate to be left out beside --vary rate, got `5`'],
  [['clients=10,99999999'], {}, 'Expected --clients to be at most 19800 with polling'],
  [['rate=0.1,1'], {}, 'Expected --duration to be at least 10000ms'],
  [[`clients=${list(11)}`, `rate=${list(10)}`], {}, 'at most 100 points in all, got `110`'],
  [['rate=1,2'], { rounds: '1000' }, 'to be at most 2000, got `4000`'],
  [['rate=1,2'], { rounds: 'auto' }, 'Expected --rounds to be a number in a sweep'],
])('%j with %j is refused', (vary, options, says) => {
  expect(refusal(vary, options)).toContain(says);
});

test('an unknown metric is refused, one named twice shown once', () => {
  expect(refusal(['rate=1,2'], {}, ['latencyP5Ms'])).toContain('Did you mean `latencyP50Ms`?');
  expect(planned(['rate=1,2'], { faults: 'storm at 100ms' }).metrics[0]).toBe('lostRatio');
  expect(planned(['nodes=1,3']).metrics[0]).toBe('localDeliveredRatio');
  expect(planned(['rate=1,2'], {}, ['connectP50Ms', 'connectP50Ms']).metrics).toEqual(['connectP50Ms']);
});

test('what a workload has not cannot be varied', () => {
  const scenario = { name: 'idle', summary: 'silence', application: 'idle', settings: {} } as const;
  const request = { command: [], transports, scenario, rounds: 3, isolate: 'off', options: {} };
  const facts = { openFiles: 20_000 };
  const make = () => makeSweepPlan({ ...request, vary: ['rate=1,2'], metrics: [] }, facts);
  expect(make).toThrow('Expected --vary to be a field that counts in idle, got `rate`');
});

function list(many: number): string {
  return Array.from({ length: many }, (_, index) => index + 1).join(',');
}
