import { expect, test } from 'vitest';
import { makePlan } from '../../src/plan/make.ts';
import { readScenario } from '../../src/plan/scenario.ts';
import type { WrittenSettings } from '../../src/plan/settings.ts';
import { findTransport } from '../../src/transports/index.ts';

const HEAD = 'name: mine\nsummary: what it is\napplication: broadcast\nduration: 3s\nfaults:\n';
const WAY = { rounds: 1, isolate: 'auto', command: [] };

function planned(scenario: string, options: WrittenSettings = {}) {
  const transport = findTransport('websocket');
  const transports = transport ? [transport] : [];
  return makePlan(
    { ...WAY, transports, scenario: readScenario(scenario, 'x.yaml'), options },
    { openFiles: 20_000 },
  );
}

const list = (...faults: readonly string[]) => `${HEAD}${faults.map((fault) => `  - ${fault}\n`).join('')}`;

test('faults stand in the order in which they begin, wherever they are written', () => {
  const file = list('{ fault: storm, at: 2s }', '{ fault: server-kill, at: 1s, for: 500ms }');
  const faults = [
    { fault: 'server-kill', atMs: 1000, forMs: 500, node: 1 },
    { fault: 'storm', atMs: 2000, forMs: 0, node: 1 },
  ];
  expect(planned(file).scenario.faults).toEqual(faults);
  const line = { faults: 'storm at 2s, server-kill at 1s for 500ms', durationMs: '3s' };
  expect(planned('name: a\nsummary: a\napplication: broadcast\n', line).scenario.faults).toEqual(faults);
});

test.each([
  [
    list('{ fault: server-kill, at: 1s, for: 1s }', '{ fault: server-freeze, at: 1500ms, for: 1s }'),
    'Expected `faults[1]` (x.yaml, line 7) to be over before the next of its kind begins (server-kill at 1000ms for 1000ms), got `server-freeze at 1500ms for 1000ms`',
  ],
  [
    list('{ fault: link-cut, at: 2s }', '{ fault: storm, at: 2500ms }'),
    'Expected `faults[1]` (x.yaml, line 7) to be over before the next of its kind begins (link-cut at 2000ms)',
  ],
  [
    list('{ fault: storm, at: 1s }', '{ fault: link-slow, at: 2500ms, for: 600ms }'),
    'Expected `faults[1]` (x.yaml, line 7) to be within the window of 3000ms (`--faults none` leaves all of them out), got `link-slow at 2500ms for 600ms`',
  ],
  [
    list('{ fault: storm, at: 3s }'),
    'Expected `faults[0]` (x.yaml, line 6) to be within the window of 3000ms',
  ],
  [list('{ fault: storm, at: soon }'), 'Expected `faults[0].at` (x.yaml, line 6) to be a time after'],
  [list('{ fault: strom, at: 1s }'), 'Expected `faults[0].fault` (x.yaml, line 6) to be server-kill or'],
  [list('{ fault: redis-kill, at: 1s }'), 'Expected `faults[0]` (x.yaml, line 6) to be with several --nodes'],
  [
    list('{ fault: server-kill, at: 1s, node: 2 }'),
    'Expected `faults[0]` (x.yaml, line 6) to be on one of 1 nodes, got `server-kill at 1000ms on 2`',
  ],
])('%s is refused with its line', (scenario, message) => {
  expect(() => planned(scenario)).toThrow(message);
});

test('faults of different parts may be there at the same time', () => {
  const faults = list('{ fault: server-freeze, at: 1s, for: 1s }', '{ fault: storm, at: 1s }');
  expect(planned(faults).scenario.faults).toHaveLength(2);
});

test('faults are for broadcast and idle', () => {
  const echo = list('{ fault: storm, at: 1s }').replace('broadcast', 'echo');
  expect(() => planned(echo)).toThrow(
    'none in echo, got `storm at 1000ms for 0ms`: faults are for broadcast',
  );
});
