import { expect, test } from 'vitest';
import {
  atLoad,
  type CapacityPlan,
  makeCapacityPlan,
  type WrittenCapacity,
} from '../../src/capacity/plan.ts';
import { readSlo } from '../../src/capacity/slo.ts';
import { chosenTransports } from '../../src/plan/choose.ts';
import type { Scenario } from '../../src/plan/scenario.ts';
import type { WrittenSettings } from '../../src/plan/settings.ts';

const SCENARIO: Scenario = { name: 'broadcast', summary: '', application: 'broadcast', settings: {} };

function plan(
  written: Partial<WrittenCapacity>,
  options: WrittenSettings = {},
  openFiles = 20_000,
): CapacityPlan {
  return makeCapacityPlan(
    {
      command: [],
      transports: chosenTransports('websocket,socketio-polling'),
      scenario: SCENARIO,
      isolate: 'auto',
      options,
    },
    { slo: 'p99<100ms', vary: 'rate', maxTime: '1m', ...written },
    { openFiles },
  );
}

test('reads bounds of every figure, in any unit', () => {
  expect(readSlo('p99<100ms')).toEqual([{ figure: 'p99', limit: 100, inclusive: false }]);
  expect(readSlo('p50 <= 500us, max<1.5s,cpu<80%')).toEqual([
    { figure: 'p50', limit: 0.5, inclusive: true },
    { figure: 'max', limit: 1500, inclusive: false },
    { figure: 'cpu', limit: 0.8, inclusive: false },
  ]);
});

test.each([
  ['', ''],
  ['fast', 'fast'],
  ['p99<100', 'p99<100'],
  ['p99>100ms', 'p99>100ms'],
  ['p99=100ms', 'p99=100ms'],
  ['p95<10ms', 'p95<10ms'],
  ['p99<0ms', 'p99<0ms'],
  ['p99<-1ms', 'p99<-1ms'],
  ['p99<2h', 'p99<2h'],
  ['cpu<80ms', 'cpu<80ms'],
  ['cpu<180%', 'cpu<180%'],
  ['p50<80%', 'p50<80%'],
  ['p50<5ms,', ''],
  ['p50<5ms;p99<9ms', 'p50<5ms;p99<9ms'],
])('refuses %j and says what is understood', (slo, got) => {
  const says = `Expected --slo to be bounds such as p99<100ms, p50<=5ms or cpu<80%, separated by commas: `;
  const what = 'p50, p90, p99, p999, max, mean, cpu, < or <=, and a time, or for cpu a share of a core';
  expect(() => readSlo(slo)).toThrow(`${says}${what}, got \`${got}\``);
});

test.each<[Partial<WrittenCapacity>, WrittenSettings, string]>([
  [{ slo: 'p50<5ms,p50<6ms' }, {}, 'Expected --slo to be one bound for each figure, not two for p50'],
  [{ vary: 'payload' }, {}, 'Expected --vary to be rate or clients, got `payload`'],
  [{ vary: 'client' }, {}, 'Did you mean `clients`?'],
  [
    { from: '0' },
    {},
    'Expected --from to be a number of messages per second from 0.001 to 10000, as --rate, got `0`',
  ],
  [{ vary: 'clients', to: '2.5' }, {}, 'Expected --to to be a positive integer, as --clients, got `2.5`'],
  [{ from: '50', to: '20' }, {}, 'Expected --from to be at most --to, which is 20, got `50`'],
  [{ maxTime: 'long' }, {}, 'Expected --max-time to be a time from 1s to 24h, got `long`'],
  [
    {},
    { clients: '50', ratePerSecond: '1' },
    'Expected --duration to be about 8000ms or more, got `1000ms`: its 25 witnesses',
  ],
  [{ vary: 'clients' }, { clients: '90000' }, 'Expected --clients to be at most 19800 with websocket'],
])('%j with %j is refused', (written, options, says) => {
  expect(() => plan(written, options)).toThrow(says);
});

test('begins with the scenario’s value, within the bounds', () => {
  expect(plan({}, { ratePerSecond: '30' }).transports[0]?.range).toMatchObject({ start: 30, most: 10_000 });
  expect(plan({ from: '50' }, { ratePerSecond: '30' }).scenario.ratePerSecond).toBe(50);
  expect(plan({ to: '25' }, { ratePerSecond: '30' }).transports[0]).toMatchObject({
    range: { start: 25, most: 25 },
    end: { limiter: 'bounds', why: '--to ended the search at 25' },
  });
});

test('open files end the search for clients, sooner where a client holds two sockets', () => {
  const [websocket, polling] = plan({ vary: 'clients' }).transports;
  expect(websocket).toMatchObject({ range: { most: 19_800, isWhole: true }, end: { limiter: 'open-files' } });
  expect(polling?.range.most).toBe(9_900);
});

test('goes down only as far as rounds have samples to be judged by', () => {
  expect(plan({}, { ratePerSecond: '160', clients: '20' }).transports[0]?.range.least).toBe(10);
  expect(plan({ slo: 'cpu<50%' }, { ratePerSecond: '160' }).transports[0]?.range.least).toBe(10);
  expect(plan({ from: '100' }, { ratePerSecond: '160' }).transports[0]?.range.least).toBe(100);
});

test('phases keep their shape at every rate, and the highest of them ends the search', () => {
  const { scenario, transports } = plan({}, { phases: 'calm 1s 10, burst 1s 30' });
  expect(scenario.ratePerSecond).toBe(20);
  expect(transports[0]?.range).toMatchObject({ start: 20, most: 10_000 / 1.5 });
  const doubled = atLoad(scenario, 'rate', 40);
  expect(doubled.phases.map(({ fromPerSecond, toPerSecond }) => [fromPerSecond, toPerSecond])).toEqual([
    [20, 20],
    [60, 60],
  ]);
});
