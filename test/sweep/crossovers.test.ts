import { expect, test } from 'vitest';
import type { Step } from '../../src/measurements/sweep.ts';
import { crossingsOf } from '../../src/sweep/crossovers.ts';
import { costing, sampleSweep } from './sample.ts';

const RATE = { field: 'ratePerSecond', option: 'rate', values: [1, 10, 100] };

function step(value: number, ratio: number, verdict: Step['verdict']): Step {
  return { value, ratio, low: ratio * 0.9, high: ratio * 1.1, verdict };
}

test('two lines of known slopes cross where they must, and each side is told', () => {
  // 100/rate + 2 against 10/rate + 11 µs: equal at a rate of 10 messages a second, where noise decides.
  const sweep = sampleSweep([{ ...RATE, values: [1, 5, 20, 100] }], (round, at) => {
    const rate = at.ratePerSecond ?? 1;
    const us = round.transport === 'polling' ? 100 / rate + 2 : 10 / rate + 11;
    return costing(round, us * (1 + round.round / 200));
  });
  const found = sweep.crossovers.find(({ metric }) => metric === 'serverCpuPerMessageUs');
  expect(found?.steps.map(({ verdict }) => verdict)).toEqual(['higher', 'higher', 'lower', 'lower']);
  expect(found?.crossings).toHaveLength(1);
  expect(found?.crossings[0]).toMatchObject({ below: 'higher', from: 5, to: 20 });
  expect(found?.crossings[0]?.near).toBeCloseTo(10, -0.5);
});

test('what is not told apart between two orders widens the bracket; at an end it is no crossing', () => {
  const tie = step(10, 1.01, 'indistinguishable');
  const low = step(1, 0.5, 'lower');
  const high = step(100, 2, 'higher');
  expect(crossingsOf([low, tie, high])).toMatchObject([{ below: 'lower', from: 1, to: 100 }]);
  expect(crossingsOf([low, tie])).toEqual([]);
  expect(crossingsOf([tie, high])).toEqual([]);
  expect(crossingsOf([low, step(10, 0.8, 'lower')])).toEqual([]);
});

test('the place of a crossing is interpolated on logarithmic axes, and on a plain one where a value is zero', () => {
  expect(crossingsOf([step(1, 0.5, 'lower'), step(100, 2, 'higher')])[0]?.near).toBeCloseTo(10, 9);
  expect(crossingsOf([step(0, 0.5, 'lower'), step(100, 2, 'higher')])[0]?.near).toBeCloseTo(50, 9);
});

test('an order that changes twice crosses twice', () => {
  const steps = [step(1, 0.5, 'lower'), step(2, 2, 'higher'), step(3, 0.5, 'lower')];
  expect(crossingsOf(steps).map(({ below, from, to }) => [below, from, to])).toEqual([
    ['lower', 1, 2],
    ['higher', 2, 3],
  ]);
});

test('two rounds tell no order, and invalid ones none at all', () => {
  const crossing = (rounds: number, isValid: boolean) =>
    sampleSweep(
      [RATE],
      (round, at) => {
        const us = round.transport === 'polling' ? 100 / (at.ratePerSecond ?? 1) : 10;
        return { ...costing(round, us), valid: isValid };
      },
      { rounds },
    ).crossovers.filter(({ crossings }) => crossings.length > 0).length;
  expect([crossing(3, true), crossing(2, true), crossing(3, false)]).toEqual([1, 0, 0]);
});

test('with two varied fields the order is looked for along the first, at each value of the second', () => {
  const interval = { field: 'pollIntervalMs', option: 'poll-interval', values: [100, 1000] };
  const sweep = sampleSweep([RATE, interval], (round, at) => {
    const own = round.transport === 'polling' && at.pollIntervalMs === 100;
    return costing(round, own ? 100 / (at.ratePerSecond ?? 1) : round.transport === 'polling' ? 30 : 20);
  });
  const cpu = sweep.crossovers.filter(({ metric }) => metric === 'serverCpuPerMessageUs');
  expect(cpu.map(({ at, crossings }) => [at, crossings.length])).toEqual([
    [{ pollIntervalMs: 100 }, 1],
    [{ pollIntervalMs: 1000 }, 0],
  ]);
});
