import { expect, test } from 'vitest';
import { makeAdvicePlan } from '../../src/advise/plan.ts';
import { chosenTransports } from '../../src/plan/choose.ts';
import type { Request } from '../../src/plan/make.ts';
import type { Scenario } from '../../src/plan/scenario.ts';

const SCENARIO: Scenario = { name: 'test', summary: 'test', application: 'broadcast', settings: {} };

function planned(
  settings: Scenario['settings'],
  options: Request['options'] = {},
  list?: string,
  application = SCENARIO.application,
) {
  const transports = chosenTransports(list);
  const request = { command: ['advise'], transports, isolate: 'off', options };
  return makeAdvicePlan(
    { ...request, scenario: { ...SCENARIO, application, settings } },
    { openFiles: 20_000 },
  );
}

test('three rounds at the own point, and shorter ones of two transports above and below', () => {
  const { scenario, around, adjusted } = planned({});
  expect(scenario).toMatchObject({ rounds: 3, durationMs: 1000 });
  expect(adjusted).toEqual([]);
  expect(around?.vary).toEqual({ field: 'ratePerSecond', option: 'rate', values: [5, 20, 80], names: null });
  expect(around?.rounds).toBe(2 * 2 * 3);
  for (const point of around?.points ?? []) expect(point.scenario.durationMs).toBeLessThanOrEqual(1000);
});

test('rare events get a window that holds one, evenly spaced, and the change is told', () => {
  const { scenario, adjusted } = planned({
    ratePerSecond: 0.2,
    arrivals: 'poisson',
    durationMs: 20_000,
    warmupMs: 1000,
  });
  expect(scenario).toMatchObject({
    durationMs: 5000,
    arrivals: 'periodic',
    warmupMs: 200,
    ratePerSecond: 0.2,
  });
  expect(adjusted).toEqual(['windows of 5 s instead of 20 s', 'messages evenly spaced instead of at random']);
});

test('where a fourth of the rate leaves a short window empty, it is looked farther up instead', () => {
  const { around } = planned({ ratePerSecond: 1, durationMs: 2000 }, {}, 'ws,sse');
  expect(around?.vary.values).toEqual([1, 4, 16]);
});

test('in silence each client is heard from as often as the others, and phases keep their time', () => {
  const pulses = {
    pollIntervalMs: 4000,
    holdMs: 3000,
    heartbeatMs: 2000,
    warmupMs: 5000,
    durationMs: 12_000,
  };
  const silent = planned(pulses, {}, undefined, 'idle');
  expect(silent.scenario).toMatchObject({ durationMs: 4000, warmupMs: 5000 });
  const phases = [{ name: 'all', durationMs: 3000, fromPerSecond: 50, toPerSecond: 50 }];
  const phased = planned({ phases });
  expect(phased.scenario).toMatchObject({ durationMs: 3000, ratePerSecond: 50 });
  expect(phased).toMatchObject({ adjusted: [], around: null });
});

test('what is typed holds', () => {
  const { scenario, adjusted } = planned(
    { arrivals: 'poisson', durationMs: 20_000 },
    { durationMs: '7s', rounds: '5', arrivals: 'poisson', ratePerSecond: '1' },
  );
  expect(scenario).toMatchObject({ durationMs: 7000, rounds: 5, arrivals: 'poisson' });
  expect(adjusted).toEqual([]);
});

test('where the comparison alone takes the time, nothing is looked for around it', () => {
  expect(planned({}, { durationMs: '10s' }).around).toBeNull();
});

test('one transport is nothing to choose from, and auto no number of rounds', () => {
  expect(() => planned({}, {}, 'ws')).toThrow('Expected --transports to be two or more, got `websocket`');
  expect(() => planned({}, { rounds: 'auto' })).toThrow('Expected --rounds to be a number for an advice');
});

test('phases stay whole, and it is looked at other numbers of clients', () => {
  const phases = [
    { name: 'calm', durationMs: 500, fromPerSecond: 5, toPerSecond: 5 },
    { name: 'burst', durationMs: 200, fromPerSecond: 50, toPerSecond: 50 },
  ];
  const { scenario, around, adjusted } = planned({ clients: 40, phases }, {}, 'ws,sse');
  expect(scenario).toMatchObject({ phases, durationMs: 700 });
  expect(adjusted).toEqual([]);
  expect(around?.vary).toEqual({ field: 'clients', option: 'clients', values: [10, 40, 160], names: null });
  for (const point of around?.points ?? []) expect(point.scenario.phases).toEqual(phases);
});
