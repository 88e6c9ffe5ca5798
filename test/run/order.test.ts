import { expect, test } from 'vitest';
import { isWitness } from '../../src/clients/witness.ts';
import { defaults } from '../../src/plan/fields/index.ts';
import { interleave } from '../../src/run/order.ts';
import { driverCount } from '../../src/run/processes.ts';
import { waveOf } from '../../src/run/round/connecting.ts';
import { dueTimesUs } from '../../src/schedule/due-times.ts';
import { seededRandom } from '../../src/stats/random.ts';
import { phaseOf } from '../../src/timeline.ts';

const about = { name: 'test', summary: 'test', application: 'broadcast', witnesses: 4 } as const;
const scenario = { clients: 200, witnesses: 24, ratePerSecond: 20 };

test('each block holds each transport once, in an order that the seed decides', () => {
  const turnsOf = (seed: number) => interleave(['a', 'b', 'c'], { ...defaults, ...about, rounds: 20, seed });
  const turns = turnsOf(7);
  const blocks = [...Map.groupBy(turns, ({ round }) => round).values()];
  expect(blocks).toHaveLength(20);
  for (const block of blocks)
    expect(block.map(({ transport }) => transport).toSorted()).toEqual(['a', 'b', 'c']);
  expect(
    new Set(blocks.map((block) => block.map(({ transport }) => transport).join(''))).size,
  ).toBeGreaterThan(3);
  expect(turnsOf(7)).toEqual(turns);
  expect(turnsOf(8)).not.toEqual(turns);
});

test.each([
  [1, 1],
  [25, 12],
  [200, 24],
  [10_000, 200],
])('of %i clients, %i witnesses stand evenly spread in the join order', (clients, witnesses) => {
  const indexes = Array.from({ length: clients }, (_, index) => index);
  const chosen = indexes.filter((index) => isWitness(index, { ...scenario, clients, witnesses }));
  expect(chosen).toHaveLength(witnesses);
  const gaps = chosen.slice(1).map((index, at) => index - (chosen[at] ?? 0));
  expect(Math.max(...gaps, 0) - Math.min(...gaps, clients)).toBeLessThanOrEqual(1);
});

test('drivers follow the load and the cores, and nobody drives when all are witnesses', () => {
  expect(driverCount(scenario, 1, 19_800)).toBe(1);
  expect(driverCount({ ...scenario, clients: 10_000 }, 8, 19_800)).toBe(7);
  expect(driverCount({ clients: 5, witnesses: 5, ratePerSecond: 1 }, 8, 19_800)).toBe(0);
});

test('there are as many drivers as their open files need, however few the cores', () => {
  const many = { clients: 50_020, witnesses: 20, ratePerSecond: 0.01 };
  expect(driverCount(many, 1, 19_800)).toBe(3);
  expect(driverCount(many, 1, 9_900)).toBe(6);
  expect(driverCount(many, 1, Number.POSITIVE_INFINITY)).toBe(1);
});

test('no driver has more than it can hold, also where all witnesses stand on the places of another', () => {
  const all = { clients: 39_680, witnesses: 80, ratePerSecond: 0.01 };
  const drivers = driverCount(all, 1, 19_800);
  const held = Array.from({ length: drivers }, () => 0);
  for (let index = 0; index < all.clients; index++) {
    if (!isWitness(index, all)) held[index % drivers] = (held[index % drivers] ?? 0) + 1;
  }
  expect(Math.max(...held)).toBeLessThanOrEqual(19_800);
});

test('a larger crowd comes in larger waves, which no backlog and no spare file is too few for', () => {
  expect([1, 200, 10_000, 18_000, 100_000, 1e6].map(waveOf)).toEqual([25, 25, 25, 45, 250, 500]);
});

const timeline = {
  epochNs: 0,
  startUs: 50_000,
  windowStartUs: 250_000,
  windowEndUs: 2_250_000,
  phaseEndsUs: [],
  lightEndUs: 2_850_000,
};

test('periodic messages are due evenly, the rate times the window of them, and none at its edges', () => {
  const due = dueTimesUs(
    timeline,
    { kind: 'periodic', ratePerSecond: 20, phases: [], seed: 1 },
    seededRandom(1),
  );
  const inWindow = due.filter((us) => us >= timeline.windowStartUs && us < timeline.windowEndUs);
  expect(inWindow).toHaveLength(40);
  expect(inWindow.at(0)).toBe(275_000);
  expect(inWindow.at(-1)).toBe(2_225_000);
  expect(due.filter((us) => us >= timeline.windowEndUs)).toHaveLength(3);
});

test('Poisson messages have the mean and the spread of Poisson arrivals, and repeat with the seed', () => {
  const long = { ...timeline, windowEndUs: 1_000_250_000, lightEndUs: 1_000_250_000 };
  const arrivals = { kind: 'poisson', ratePerSecond: 20, phases: [], seed: 3 } as const;
  const due = dueTimesUs(long, arrivals, seededRandom(3));
  const gaps = due.slice(1).map((us, index) => us - (due[index] ?? 0));
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  const deviation = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length);
  expect(mean / 50_000).toBeCloseTo(1, 1);
  expect(deviation / mean).toBeCloseTo(1, 1);
  expect(dueTimesUs(long, arrivals, seededRandom(3))).toEqual(due);
});

const PHASES = [
  { fromPerSecond: 20, toPerSecond: 20 },
  { fromPerSecond: 0, toPerSecond: 100 },
  { fromPerSecond: 0, toPerSecond: 0 },
];

/** Two seconds steady, one rising, one silent. */
const phased = {
  ...timeline,
  windowEndUs: 4_250_000,
  phaseEndsUs: [2_250_000, 3_250_000, 4_250_000],
  lightEndUs: 4_850_000,
};

test('periodic messages follow the phases: even, then as a ramp has them due, then none', () => {
  const arrivals = { kind: 'periodic', ratePerSecond: 22.5, phases: PHASES, seed: 1 } as const;
  const due = dueTimesUs(phased, arrivals, seededRandom(1));
  const [steady, ramp, quiet] = [0, 1, 2].map((phase) => due.filter((us) => phaseOf(phased, us) === phase));
  expect(steady).toHaveLength(40);
  expect(new Set(steady?.slice(1).map((us, index) => us - (steady[index] ?? 0)))).toEqual(new Set([50_000]));
  expect(ramp).toHaveLength(50);
  // Of a ramp from nothing, a quarter is due in the first half of its time.
  expect(ramp?.filter((us) => us < 2_750_000)).toHaveLength(12);
  expect(quiet).toEqual([]);
  // It settles at the rate that the first phase begins with.
  expect(due.filter((us) => us < phased.windowStartUs)).toHaveLength(4);
});

test('Poisson messages follow the phases in the mean', () => {
  const long = { ...phased, windowEndUs: 400_250_000, phaseEndsUs: [200_250_000, 300_250_000, 400_250_000] };
  const arrivals = { kind: 'poisson', ratePerSecond: 22.5, phases: PHASES, seed: 5 } as const;
  const due = dueTimesUs(long, arrivals, seededRandom(5));
  const [steady = [], ramp = [], quiet] = [0, 1, 2].map((phase) =>
    due.filter((us) => phaseOf(long, us) === phase),
  );
  expect(steady.length / 4000).toBeCloseTo(1, 1);
  expect(ramp.length / 5000).toBeCloseTo(1, 1);
  expect(ramp.filter((us) => us < 250_250_000).length / 1250).toBeCloseTo(1, 1);
  expect(quiet).toEqual([]);
  expect(due).toEqual(due.toSorted((a, b) => a - b));
});
