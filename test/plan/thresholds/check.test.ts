import { expect, it } from 'vitest';
import { readLayer } from '../../../src/plan/scenario/layer.ts';
import { readScenario, scenarioOf } from '../../../src/plan/scenario.ts';
import { plannedThresholds } from '../../../src/plan/thresholds/check.ts';
import { readThreshold } from '../../../src/plan/thresholds/read.ts';
import { formatted, instancesOf } from '../../../src/plan/thresholds/threshold.ts';

const HEAD = 'name: mine\nsummary: what it is\napplication: broadcast\n';
const measured = { transports: ['longpoll', 'websocket'], phases: ['calm', 'goal'] };
const planned = (...options: string[]) => plannedThresholds(options, [], measured);

it('`*` stands for each transport that is measured; none is divided by itself', () => {
  const instances = (text: string) =>
    instancesOf(readThreshold(text, ''), measured.transports).map(formatted);
  expect(instances('*.lost>0')).toEqual(['longpoll.lost > 0', 'websocket.lost > 0']);
  expect(instances('*.lost/ws.lost>2')).toEqual(['longpoll.lost / websocket.lost > 2']);
  expect(instances('*.latencyP99Ms/*.latencyP50Ms>9')).toEqual([
    'longpoll.latencyP99Ms / longpoll.latencyP50Ms > 9',
    'websocket.latencyP99Ms / websocket.latencyP50Ms > 9',
  ]);
});

it.each([
  ['sse.lost>0', '  ^', 'to name a transport that is measured here (longpoll, websocket), got `sse`'],
  ['ws.lost/sse.lost>0', '          ^', 'measured here'],
  ['ws.gaol.lost>0', '     ^', 'to name one of calm, goal, got `gaol`. Did you mean `goal`?'],
])('%s is refused where that is not measured', (text, caret, says) => {
  expect(() => planned('*.lost>0', text)).toThrow(`\n${caret}`);
  expect(() => planned(text)).toThrow(says);
});

it('refuses a comparison of all with the only one there is, which would hold whatever happens', () => {
  const only = { transports: ['websocket'], phases: [] };
  expect(() => plannedThresholds(['*.lost/ws.lost>2'], [], only)).toThrow('only one is measured here');
  expect(() => plannedThresholds(['ws.goal.lost>2'], [], only)).toThrow(
    'to name no phase, since there is none',
  );
});

it('scenarios have them with file and line; those of what is extended hold too, with the upper limits', () => {
  const base = readLayer(`${HEAD}failIf:\n  - ws.lost>0\n  - ws.latencyP99Ms>20\n`, 'base.yaml');
  const layer = (failIf: string) => readLayer(`extends: base\nfailIf: ${failIf}\n`, 'top.yaml');
  const told = (failIf: string) =>
    scenarioOf([layer(failIf), base]).failIf?.map((one) => `${one.place} ${formatted(one)}`);
  expect(told('[websocket.latencyP99Ms > 1s]')).toEqual([
    '`failIf[0]` (base.yaml, line 5) websocket.lost > 0',
    '`failIf[0]` (top.yaml, line 2) websocket.latencyP99Ms > 1000',
  ]);
  expect(told('none')).toBeUndefined();
  expect(scenarioOf([readLayer('extends: base\n', 'top.yaml'), base]).failIf).toEqual(base.failIf);
});

it('an option takes the place of the same question in the scenario', () => {
  const { failIf = [] } = readScenario(`${HEAD}failIf: [ws.lost>0, "*.latencyP99Ms>20"]\n`, 'a.yaml');
  const thresholds = plannedThresholds(['*.latencyP99Ms>30', 'ws.lost>=0'], failIf, measured);
  expect(thresholds.map(formatted)).toEqual([
    'websocket.lost > 0',
    '*.latencyP99Ms > 30',
    'websocket.lost >= 0',
  ]);
});

it.each([
  ['failIf: ws.lost>0', 'Expected `failIf` (bad.yaml, line 4) to be none, or a list'],
  ['failIf:\n  - 3', 'Expected `failIf[0]` (bad.yaml, line 5) to be none, or a list'],
  [
    'failIf:\n  - ws.lost>0\n  - ws.lots>0',
    'Expected `failIf[1]` (bad.yaml, line 6) to name a metric after `ws.`, got `lots`',
  ],
  ['failif: [ws.lost>0]', 'Unknown field `failif` (bad.yaml, line 4). Did you mean `failIf`?'],
])('%j is refused', (text, says) => {
  expect(() => readScenario(`${HEAD}${text}\n`, 'bad.yaml')).toThrow(says);
});
