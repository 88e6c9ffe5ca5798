import { expect, test } from 'vitest';
import { answerOf, type CutShort, loadToDouble } from '../../src/capacity/answer.ts';
import type { CapacityStep, Limiter } from '../../src/measurements.ts';

const END = { limiter: 'open-files', why: '20000 open files allow 19800 clients' } as const;

function step(value: number, limiter: Limiter | null = null): CapacityStep {
  const isFail = limiter === 'server-cpu' || limiter === 'latency';
  return {
    ...{ value, clients: 50, ratePerSecond: value, limiter, why: `because of ${limiter}`, flags: [] },
    ...{
      rounds: 1,
      spoilt: 0,
      latency: null,
      lost: 0,
      driverCoreShare: 0.1,
      drivers: 1,
      serverLoopDelayP99Ms: 1,
    },
    verdict: limiter === null ? 'pass' : isFail ? 'fail' : 'limit',
    deliveriesPerSecond: value * 50,
    serverCoreShare: value / 1000,
  };
}

function answer(steps: readonly CapacityStep[], cut: CutShort = null) {
  return answerOf(steps, { end: END }, cut);
}

test('the server at its limit just above makes it the capacity', () => {
  expect(answer([step(400), step(800, 'server-cpu'), step(600), step(620, 'latency')])).toEqual({
    kind: 'capacity',
    value: 600,
    failsAt: 620,
    limiter: 'latency',
    why: 'because of latency',
    deliveriesPerSecond: 30_000,
    serverCoreShare: 0.6,
    deliveriesPerCoreSecond: 50_000,
    driverCoreShare: 0.1,
    atLimit: {
      ...{ deliveriesPerSecond: 31_000, latencyP99Ms: null, serverCoreShare: 0.62, driverCoreShare: 0.1 },
      flags: [],
    },
  });
});

test.each<Limiter>(['driver', 'relay', 'noise', 'ports', 'failure'])(
  '%s at its limit makes it at least',
  (limiter) => {
    const found = answer([step(600), step(620, limiter), step(700, 'server-cpu')]);
    expect(found).toMatchObject({ kind: 'at-least', value: 600, failsAt: 620, limiter });
  },
);

test('where nothing failed, the end of the range is named', () => {
  expect(answer([step(400), step(800)])).toMatchObject({
    kind: 'at-least',
    value: 800,
    failsAt: null,
    ...END,
  });
});

test('time that was over leaves it open, unless the bounds are close already', () => {
  const open = answer([step(400), step(800, 'server-cpu')], 'time');
  expect(open).toMatchObject({ kind: 'at-least', value: 400, failsAt: 800, limiter: 'time' });
  expect(open.why).toBe('the time of --max-time was over; before, because of server-cpu');
  expect(answer([step(400), step(420, 'server-cpu')], 'time')).toMatchObject({
    kind: 'capacity',
    limiter: 'server-cpu',
  });
  expect(answer([step(400)], 'interruption')).toMatchObject({ kind: 'at-least', limiter: 'time' });
});

test('where no load passed there is none, and the lowest says why', () => {
  const found = answer([step(20, 'server-cpu'), step(10, 'latency')]);
  expect(found).toMatchObject({
    kind: 'none',
    value: null,
    failsAt: 10,
    limiter: 'latency',
    deliveriesPerSecond: null,
  });
  expect(answer([], 'interruption')).toMatchObject({ kind: 'none', limiter: 'time' });
});

test('what passes with twice the drivers was the drivers’ limit; what fails again confirms it', () => {
  const steps = [step(400), step(800, 'server-cpu'), step(600), step(620, 'latency')];
  const again = (limiter: Limiter | null) =>
    answerOf(steps, { end: END }, null, { ...step(800, limiter), drivers: 2 });
  expect(again(null)).toMatchObject({ kind: 'at-least', value: 600, limiter: 'driver' });
  expect(again(null).why).toBe('with 2 driver processes instead the bounds were met');
  for (const limiter of ['server-cpu', 'noise'] as const)
    expect(again(limiter)).toMatchObject({ kind: 'capacity', value: 600, limiter: 'latency' });
});

test('tried again is what failed by more than chance, and only where the server was the limit', () => {
  const steps = [step(600), step(800, 'server-cpu'), step(620, 'server-cpu'), step(1600, 'server-cpu')];
  const double = (these: readonly CapacityStep[]) => loadToDouble(these, answer(these));
  expect(double(steps)).toBe(800);
  expect(double([step(600), step(620, 'server-cpu')])).toBe(620);
  expect(double([step(600), step(620, 'driver')])).toBeNull();
  expect(double([step(600)])).toBeNull();
  expect(double([step(20, 'latency')])).toBeNull();
});
