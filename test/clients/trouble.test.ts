import { expect, test } from 'vitest';
import type { Part } from '../../src/applications/index.ts';
import { Recorder } from '../../src/clients/recording/recorder.ts';
import { Trouble } from '../../src/clients/recording/trouble.ts';
import { nowNs } from '../../src/instrument/clock.ts';
import type { Fault } from '../../src/measurements.ts';
import type { Timeline } from '../../src/timeline.ts';

/** What is later than 300 ms is late then. */
const PACE_MS = 50;
const MS = 1000;

/** A window of a second from the first second on. */
const TIMELINE: Timeline = {
  epochNs: 0,
  ...{ startUs: 0, windowStartUs: 1000 * MS, windowEndUs: 2000 * MS, phaseEndsUs: [], lightEndUs: 2000 * MS },
};
const fault = (atMs: number | null, forMs: number | null): Fault => {
  return { fault: 'server-kill', atMs, forMs, node: 1 };
};

test('counts by step: arrivals by clock, deliveries by when they were due, and what came twice in neither', () => {
  const trouble = armed([]);
  trouble.count(1010 * MS, 1030 * MS, 'first');
  trouble.count(1090 * MS, 1100 * MS, 'late');
  trouble.count(1095 * MS, 1599 * MS, 'first');
  trouble.count(1095 * MS, 1600 * MS, 'again');
  trouble.count(1999 * MS, 2001 * MS, 'first');
  const { arrived, delivered, latencySumUs, latencyMaxUs } = trouble.share();
  expect(arrived).toEqual([1, 1, 0, 0, 0, 1, 0, 0, 0, 0]);
  expect(delivered).toEqual([3, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
  expect(latencySumUs.slice(0, 6)).toEqual([20 * MS, 10 * MS, 0, 0, 0, 504 * MS]);
  expect(Math.max(...latencyMaxUs)).toBe(504 * MS);
});

test('gives each fault the messages due, or under way, from its beginning to that of the next', () => {
  const trouble = armed([fault(200, 100), fault(600, null)]);
  trouble.count(1149 * MS, 1150 * MS, 'first');
  trouble.count(1150 * MS, 1450 * MS, 'first');
  trouble.count(1300 * MS, 1601 * MS, 'late');
  trouble.count(1549 * MS, 1999 * MS, 'again');
  trouble.count(1550 * MS, 1700 * MS, 'first');
  expect(counts(trouble)).toEqual([
    { delivered: 2, late: 1, duplicated: 1 },
    { delivered: 1, late: 0, duplicated: 0 },
  ]);
});

test('what stands from the start has every message of the window', () => {
  const trouble = armed([fault(null, null)]);
  trouble.count(1000 * MS, 1001 * MS, 'first');
  expect(counts(trouble)).toEqual([{ delivered: 1, late: 0, duplicated: 0 }]);
});

test('notes the first arrival of each client after a fault is over and before the next begins', () => {
  const trouble = armed([fault(100, 100), fault(500, 0), fault(800, null)]);
  for (const [index, nowMs] of [
    [1, 1150],
    [1, 1200],
    [1, 1210],
    [2, 1499],
    [3, 1500],
    [3, 1510],
    [1, 1900],
  ] as const) {
    trouble.arrived(index, nowMs * MS);
  }
  expect(trouble.share().faults.map(({ firstArrivalsUs }) => firstArrivalsUs)).toEqual([
    [1200 * MS, 1499 * MS],
    [1500 * MS],
    [],
  ]);
});

test('takes for no recovery what came before the client knew that its connection was gone', () => {
  const halfHourUs = 1800e6;
  const trouble = new Trouble([fault(0, 0)], PACE_MS);
  trouble.arm(
    { ...TIMELINE, epochNs: nowNs() - halfHourUs * 1000, windowStartUs: 0, windowEndUs: 2 * halfHourUs },
    2,
  );
  for (const index of [1, 2]) trouble.arrived(index, 5);
  trouble.noticed(1);
  trouble.arrived(1, halfHourUs);
  expect(trouble.share().faults[0]?.firstArrivalsUs).toEqual([5, halfHourUs]);
});

test('tells how clients fared in the order in which it happened, and how many were connected', () => {
  const hourUs = 3600e6;
  const trouble = new Trouble([], PACE_MS);
  trouble.noticed(3);
  // Nothing can happen in the window's first half but before this, nor in its second.
  trouble.arm(
    { ...TIMELINE, epochNs: nowNs() - (hourUs / 2) * 1000, windowStartUs: 0, windowEndUs: hourUs },
    4,
  );
  trouble.back(3, false);
  trouble.noticed(1);
  trouble.noticed(1);
  trouble.noticed(2);
  trouble.failed(1);
  trouble.back(1, false);
  trouble.back(1, false);
  trouble.noticed(1);
  trouble.back(2, true);
  trouble.noticed(4);
  const { turns, connected } = trouble.share();
  expect(turns.map(({ index, what }) => `${index} ${what}`)).toEqual([
    '3 reconnected',
    '1 noticed',
    '2 noticed',
    '1 failed',
    '1 reconnected',
    '1 noticed',
    '2 resumed',
    '4 noticed',
  ]);
  expect([connected.length, connected[0], connected.at(-1)]).toEqual([36_000, 3, 2]);
});

test('a recorder tells of its measured messages, and each client keeps one account', () => {
  const trouble = new Trouble([fault(0, 0)], 3600e3);
  const recorder = new Recorder(trouble);
  const timeline = { ...TIMELINE, epochNs: nowNs(), windowStartUs: 0, windowEndUs: 3600e6 };
  const part: Part = {
    hear: (message) => ({ stamp: { source: 0, sequence: Number(message), dueUs: 1 }, bytes: 1 }),
  };
  const [one, two] = [recorder.listener(part, 1), recorder.listener(part, 2)];
  recorder.arm(timeline);
  trouble.arm(timeline, 2);
  for (const sequence of ['0', '2', '1', '2']) one.message(sequence);
  two.message('0');
  expect(counts(trouble)).toEqual([{ delivered: 4, late: 0, duplicated: 1 }]);
  expect(trouble.share().faults[0]?.firstArrivalsUs).toHaveLength(2);
});

function armed(faults: readonly Fault[]): Trouble {
  const trouble = new Trouble(faults, PACE_MS);
  trouble.arm(TIMELINE, 5);
  return trouble;
}

function counts(trouble: Trouble) {
  return trouble.share().faults.map(({ delivered, late, duplicated }) => ({ delivered, late, duplicated }));
}
