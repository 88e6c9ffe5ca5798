import { expect, test } from 'vitest';
import { answerOf } from '../../src/capacity/answer.ts';
import { type Climbing, tryLoads } from '../../src/capacity/climb.ts';
import { edgeAfter } from '../../src/capacity/edge.ts';
import { readSlo } from '../../src/capacity/slo.ts';
import { judgeRound } from '../../src/capacity/verdict.ts';
import type { CapacityStep } from '../../src/measurements.ts';
import { seededRandom } from '../../src/stats/index.ts';
import { flag, roundWith } from './rounds.ts';

const SLO = readSlo('p99<100ms');

interface Made {
  readonly server?: number;
  readonly driver?: number;
  readonly p99Ms?: number;
  readonly isStop?: boolean;
  readonly carried?: number;
}

function step(value: number, { server = 0.1, driver = 0.1, p99Ms = 2, isStop, carried }: Made): CapacityStep {
  const { latency } = roundWith({ p99Ms });
  return {
    ...{ value, clients: 100, ratePerSecond: value, why: '', rounds: 1, spoilt: 0, lost: 0, flags: [] },
    ...{ verdict: isStop ? 'fail' : 'pass', limiter: isStop ? 'server-cpu' : null, latency },
    ...{ serverCoreShare: server, driverCoreShare: driver, drivers: 1, serverLoopDelayP99Ms: 1 },
    deliveriesPerSecond: (carried ?? value) * 100,
  };
}

test('the first step tells by the shares alone, since a latency need not begin at nothing', () => {
  expect(edgeAfter([step(100, { server: 0.1, driver: 0.05, p99Ms: 60 })], SLO)).toBeCloseTo(970, 0);
  expect(edgeAfter([step(100, { server: 0.1, driver: 0.3 })], SLO)).toBeCloseTo(300, 0);
});

test('two steps tell by the line through them, whichever ceiling it meets first', () => {
  const first = step(100, { server: 0.2, driver: 0.1, p99Ms: 2 });
  expect(edgeAfter([first, step(200, { server: 0.3, driver: 0.1, p99Ms: 2 })], SLO)).toBeCloseTo(870, 0);
  expect(edgeAfter([first, step(200, { server: 0.3, driver: 0.1, p99Ms: 37 })], SLO)).toBeCloseTo(380, 0);
  const slo = readSlo('p99<100ms,cpu<50%');
  expect(edgeAfter([first, step(200, { server: 0.3, driver: 0.1 })], slo)).toBeCloseTo(400, 0);
});

test('where nothing grows with the load nothing is told', () => {
  const first = step(100, { server: 0.2, p99Ms: 9 });
  expect(edgeAfter([first, step(200, { server: 0.2, p99Ms: 3 })], SLO)).toBeNull();
});

test('a load that was too much tells by what arrived of it', () => {
  const passed = step(400, {});
  expect(edgeAfter([passed, step(1600, { isStop: true, carried: 900 })], SLO)).toBeCloseTo(900, 0);
  expect(edgeAfter([passed, step(1600, { isStop: true })], SLO)).toBeNull();
  expect(edgeAfter([step(1600, { isStop: true, carried: 900 })], SLO)).toBeNull();
});

/** A server and drivers whose cores fill by the message, and what a window at that load reads, give or take some noise. */
function machine(serverUs: number, driverUs: number, noise: () => number) {
  return (rate: number): CapacityStep => {
    const wanted = rate * 100;
    const carried = Math.min(wanted, 0.99e6 / Math.max(serverUs, driverUs));
    const isOver = carried < wanted;
    const server = Math.min(0.99, 0.02 + (carried * serverUs * noise()) / 1e6);
    const driver = Math.min(0.99, 0.02 + (carried * driverUs * noise()) / 1e6);
    const p99Ms = isOver ? 1000 * (1 - carried / wanted) + 20 : 2 * noise();
    const flags = driver > 0.75 ? [flag('driver-saturated', driver > 0.9)] : [];
    const round = roundWith({ p50Ms: p99Ms / 2, p99Ms, serverShare: server, driverShare: driver, flags });
    const { verdict, limiter, why } = judgeRound(round, SLO, { bandwidthBitsPerSecond: 0 });
    return {
      ...step(rate, { server, driver, p99Ms, carried: carried / 100 }),
      ...{ limiter, why, verdict: verdict === 'chance' ? 'limit' : verdict },
    };
  };
}

const RATES = { start: 80, least: 5, most: 10_000, isWhole: false };
const END = { limiter: 'rtbench', why: 'the end of the range' } as const;

/** Searches with steps made up by `stepAt`, which is told how many driver processes there are. */
async function searched(stepAt: (rate: number, drivers: number) => CapacityStep, most = 30) {
  const made: CapacityStep[] = [];
  const climbing: Climbing = {
    leftMs: () => most - made.length,
    isTimeOver: () => made.length >= most,
    async stepAt(rate, { driverProcesses = 1 } = {}) {
      const drivers = driverProcesses;
      const one = { ...stepAt(rate, drivers), drivers };
      made.push(one);
      return one;
    },
  };
  const planned = { range: RATES, end: END };
  const { signal } = new AbortController();
  const climbed = await tryLoads(planned, SLO, climbing, { stepped: () => undefined }, signal);
  const { steps, cut, doubled } = climbed;
  return { ...climbed, made, answer: answerOf(steps, planned, cut, doubled) };
}

const CASES = [
  ['a cheap driver', 10, 6, 'server-cpu'],
  ['a driver at par', 10, 8.9, 'server-cpu'],
  ['a driver that costs more than the server', 6, 10, 'driver'],
  ['a dear server', 33, 12, 'server-cpu'],
  ['a cheap server', 2, 1, 'server-cpu'],
] as const;

test.each(CASES)('%s: a noisy machine is searched in few steps', async (_, serverUs, driverUs, limiter) => {
  for (let seed = 1; seed <= 50; seed++) {
    const random = seededRandom(seed);
    const { steps, answer } = await searched(machine(serverUs, driverUs, () => 0.95 + 0.1 * random()));
    expect(steps.length).toBeLessThanOrEqual(10);
    const most = 1e4 / Math.max(serverUs, driverUs);
    expect(answer.value).toBeGreaterThan(0.75 * most);
    expect(answer.value).toBeLessThan(1.15 * most);
    expect(answer).toMatchObject({ limiter, kind: limiter === 'driver' ? 'at-least' : 'capacity' });
  }
});

test('a server at its limit is tried once more with twice the drivers, at a load away from the edge', async () => {
  const { doubled, made, answer } = await searched(machine(10, 6, () => 1));
  expect(doubled).toMatchObject({ drivers: 2, verdict: 'fail', limiter: 'server-cpu' });
  expect(made.filter(({ drivers }) => drivers === 2)).toEqual([doubled]);
  expect(doubled?.value).toBeGreaterThanOrEqual(1.1 * (answer.value ?? Infinity));
  expect(answer.atLimit?.serverCoreShare).toBeGreaterThan(0.9);
});

test('a limit that goes away with twice the drivers was theirs, though nobody was busy', async () => {
  const late = (rate: number, drivers: number) =>
    step(rate, rate > 300 * drivers ? { p99Ms: 400, isStop: true } : { p99Ms: 5 });
  const { doubled, answer } = await searched(late);
  expect(doubled).toMatchObject({ drivers: 2, verdict: 'pass' });
  expect(answer).toMatchObject({ kind: 'at-least', limiter: 'driver' });
});

test('drivers at their limit are not doubled, nor is anything when the time is over', async () => {
  expect((await searched(machine(6, 10, () => 1))).doubled).toBeNull();
  const { doubled, cut, answer } = await searched(
    machine(10, 6, () => 1),
    3,
  );
  expect({ doubled, cut, limiter: answer.limiter }).toEqual({ doubled: null, cut: 'time', limiter: 'time' });
});
