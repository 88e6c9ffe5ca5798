import { expect, test } from 'vitest';
import { edgeAfter } from '../../src/capacity/edge.ts';
import { search } from '../../src/capacity/search.ts';
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

function searched(measure: (rate: number) => CapacityStep): CapacityStep[] {
  const steps: CapacityStep[] = [];
  const searching = search({ start: 80, least: 5, most: 10_000, isWhole: false });
  for (let next = searching.next(); !next.done; ) {
    const made = measure(next.value);
    steps.push(made);
    next = searching.next({ passed: made.verdict === 'pass', edge: edgeAfter(steps, SLO) });
  }
  return steps;
}

const CASES = [
  ['a cheap driver', 10, 6, 'server-cpu'],
  ['a driver at par', 10, 8.9, 'server-cpu'],
  ['a driver that costs more than the server', 6, 10, 'driver'],
  ['a dear server', 33, 12, 'server-cpu'],
  ['a cheap server', 2, 1, 'server-cpu'],
] as const;

test.each(CASES)('%s: a noisy machine is searched in few steps', (_, serverUs, driverUs, limiter) => {
  for (let seed = 1; seed <= 50; seed++) {
    const random = seededRandom(seed);
    const noise = () => 0.95 + 0.1 * random();
    const steps = searched(machine(serverUs, driverUs, noise));
    expect(steps.length).toBeLessThanOrEqual(10);
    const passed = steps.filter(({ verdict }) => verdict === 'pass').map(({ value }) => value);
    const stopped = steps.filter(({ verdict }) => verdict !== 'pass').toSorted((a, b) => a.value - b.value);
    const most = 1e4 / Math.max(serverUs, driverUs);
    expect(Math.max(...passed)).toBeGreaterThan(0.75 * most);
    expect(Math.max(...passed)).toBeLessThan(1.15 * most);
    expect(stopped[0]?.limiter).toBe(limiter);
  }
});
