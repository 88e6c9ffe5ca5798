import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { RtbenchError } from '../../src/errors.ts';
import { defaults } from '../../src/plan/fields/index.ts';
import { scenarioJsonSchema } from '../../src/plan/scenario/schema.ts';
import { readScenario } from '../../src/plan/scenario.ts';

const FOLDER = join(import.meta.dirname, '../../scenarios');
const SHIPPED = readdirSync(FOLDER);
const HEAD = 'name: mine\nsummary: what it is\napplication: broadcast\n';
const textOf = (file: string) => readFileSync(join(FOLDER, file), 'utf8');

test('fields are read as options are', () => {
  const text = `${HEAD}clients: 12\nrate: 0.5\npayload: 64KiB\nduration: 2s\nlongpoll-batch: off\ntls: true\n`;
  const { origins, ...scenario } = readScenario(text, 'mine.yaml');
  expect(scenario).toEqual({
    name: 'mine',
    summary: 'what it is',
    application: 'broadcast',
    settings: {
      clients: 12,
      ratePerSecond: 0.5,
      payloadBytes: 65_536,
      durationMs: 2000,
      longpollBatch: false,
      tls: true,
    },
  });
  expect(origins?.payloadBytes).toEqual({ place: '`payload` (mine.yaml, line 6)', text: '64KiB' });
});

test('phases are the same as a list and in one line', () => {
  const phases = [
    { name: 'steady', durationMs: 2000, fromPerSecond: 20, toPerSecond: 20 },
    { name: 'ramp', durationMs: 500, fromPerSecond: 1, toPerSecond: 50 },
    { name: 'quiet', durationMs: 1000, fromPerSecond: 0, toPerSecond: 0 },
  ];
  const list = `phases:
  - { name: steady, for: 2s, rate: 20 }
  - { name: ramp, for: 500ms, from: 1, to: 50 }
  - name: quiet
    for: 1s
    rate: 0\n`;
  const line = 'phases: steady 2s 20, ramp 500ms 1..50, quiet 1s 0\n';
  for (const text of [list, line]) {
    expect(readScenario(HEAD + text, 'x.yaml').settings).toEqual({ phases });
  }
});

test('options of single transports are read as those of all, under any of its names', () => {
  const text = `${HEAD}transports:\n  longpoll: { hold: 10s }\n  ws: { heartbeat: 250ms }\n  sse: {}\n`;
  expect(readScenario(text, 'x.yaml').settings.transports).toEqual({
    longpoll: { holdMs: 10_000 },
    websocket: { heartbeatMs: 250 },
    sse: {},
  });
});

test.each(SHIPPED)('%s is a scenario of that name, and editors know what it may hold', (file) => {
  expect(`${readScenario(textOf(file), file).name}.yaml`).toBe(file);
  expect(textOf(file)).toMatch(/^# yaml-language-server: \$schema=\.\.\/schema\/scenario\.schema\.json\n#/);
});

test('broadcast.yaml says what holds by default', () => {
  const { settings } = readScenario(textOf('broadcast.yaml'), 'broadcast.yaml');
  expect({ ...defaults, ...settings }).toEqual(defaults);
});

test('the JSON Schema takes what comes with rtbench, and marks what is wrong', () => {
  const { anyOf, ...schema } = JSON.parse(JSON.stringify(scenarioJsonSchema()));
  const fields = z.fromJSONSchema(schema);
  const isGood = (text: string) => fields.safeParse(parse(text)).success;
  for (const file of SHIPPED) expect(isGood(textOf(file)), file).toBe(true);
  expect(isGood('extends: broadcast\nphases: a 1s 5\n')).toBe(true);
  for (const wrong of [
    'cleints: 5',
    'arrivals: often',
    'phases: [{ name: a }]',
    'transports: { smoke: {} }',
  ]) {
    expect(isGood(`${HEAD}${wrong}\n`), wrong).toBe(false);
  }
  expect(anyOf).toEqual([{ required: ['extends'] }, { required: ['name', 'summary', 'application'] }]);
});

const LAUGHS = `a: &a [x,x,x,x]\n${['b', 'c', 'd', 'e']
  .map((name, at) => `${name}: &${name} [${`*${'abcd'[at]},`.repeat(9)}]`)
  .join('\n')}\n`;
const DEEP = 'deep: '.concat('['.repeat(20_000));
const phase = (text: string) => `${HEAD}phases:\n  - { name: a, for: 1s, rate: 5 }\n  - ${text}\n`;
const own = (text: string) => `${HEAD}transports:\n  longpoll:\n    hold: 2s\n${text}\n`;

test.each([
  [`${HEAD}clients: ten\n`, 'Expected `clients` (x.yaml, line 4) to be a positive integer, got `ten`'],
  [`${HEAD}clients:\n  - 1\n`, 'Expected `clients` (x.yaml, line 4) to be a positive integer, got `[1]`'],
  [`${HEAD}clients: { a: 1 }\n`, 'to be a positive integer, got `{"a":1}`'],
  [`${HEAD}clients:\n`, 'Expected `clients` (x.yaml, line 4) to be a positive integer, got `null`'],
  [`${HEAD}rate: .nan\n`, 'Expected `rate` (x.yaml, line 4) to be a number of messages per second'],
  [`${HEAD}tls: 1\n`, 'Expected `tls` (x.yaml, line 4) to be on or off, got `1`'],
  [`${HEAD}cleints: 5\n`, 'Unknown field `cleints` (x.yaml, line 4). Did you mean `clients`?'],
  [`${HEAD}clients: 5\nclients: 6\n`, 'Field `clients` (x.yaml, line 5) is there twice'],
  [`${HEAD}__proto__: 5\n`, 'Unknown field `__proto__` (x.yaml, line 4)'],
  [`${HEAD}1: 5\n`, 'Unknown field `1` (x.yaml, line 4)'],
  ['summary: a\napplication: broadcast\n', 'Expected `name` (x.yaml) to be a short name'],
  ['name: A B\nsummary: a\napplication: broadcast\n', 'Expected `name` (x.yaml, line 1)'],
  ['name: "a\\x1b[2Jb"\n', 'to be a short name of lower-case letters, digits and dashes, got `a [2Jb`'],
  ['name: a\nsummary: "a\\u202eb"\n', 'Expected `summary` (x.yaml, line 2) to be a sentence'],
  [`name: a\nsummary: ${'x'.repeat(201)}\n`, 'Expected `summary` (x.yaml, line 2) to be a sentence'],
  [
    'name: a\nsummary: a\napplication: chess\n',
    'Expected `application` (x.yaml, line 3) to be one of broadcast,',
  ],
  ['name: [a\n', 'Expected x.yaml to be YAML; line '],
  ['- a\n', 'Expected x.yaml to be a list of `field: value` lines'],
  ['', 'Expected x.yaml to be a list of `field: value` lines'],
  ['\u0000\u0001\ufffd{{{', 'Expected x.yaml to be'],
  [`${HEAD}---\nname: b\n`, 'Expected x.yaml to be YAML; line 4: a second document begins'],
  [LAUGHS, 'Expected x.yaml to be YAML; line 4: it has more than 20 aliases'],
  ['a: &a [*a]\n', 'Expected x.yaml to be YAML; line 1: '],
  [DEEP, 'Expected x.yaml to be YAML; line 1: it is nested too deeply'],
  [`${HEAD}phases: [[[[[[1]]]]]]\n`, 'line 4: it is nested more than 6 deep'],
  [
    phase('{ name: b, for: soon, rate: 5 }'),
    'Expected `phases[1].for` (x.yaml, line 6) to be a time from 1ms',
  ],
  [phase('{ name: b, for: 1s, rate: -5 }'), 'Expected `phases[1].rate` (x.yaml, line 6) to be a number'],
  [phase('{ name: b, for: 1s }'), 'Expected `phases[1].rate` (x.yaml, line 6) to be a number'],
  [phase('{ name: b, for: 1s, from: 5 }'), '`phases[1].rate` (x.yaml, line 6) to be a number of messages'],
  [phase('{ name: b, for: 1s, rate: 5, from: 1, to: 2 }'), 'to be alone, or left out where there are `from`'],
  [phase('{ name: B, for: 1s, rate: 5 }'), 'Expected `phases[1].name` (x.yaml, line 6) to be a short name'],
  [
    phase('{ name: b, for: 1s, raet: 5 }'),
    'Unknown field `phases[1].raet` (x.yaml, line 6). Did you mean `rate`?',
  ],
  [
    phase('{ name: a, for: 1s, rate: 5 }'),
    'Expected `phases` (x.yaml, line 4) to be none, or up to 20 phases',
  ],
  [
    phase('{ name: b, for: 1h, rate: 5 }'),
    'Expected `phases` (x.yaml, line 4) to be none, or up to 20 phases',
  ],
  [phase('quiet'), 'Expected `phases[1]` (x.yaml, line 6) to be a phase: '],
  [`${HEAD}phases: 5\n`, 'Expected `phases` (x.yaml, line 4) to be none, or up to 20 phases'],
  [`${HEAD}phases: []\n`, 'Expected `phases` (x.yaml, line 4) to be none, or up to 20 phases'],
  [
    `${phase('{ name: b, for: 1s, rate: 9 }')}duration: 2s\n`,
    'Expected `duration` (x.yaml, line 7) to be left out, since there are phases, got `2s`',
  ],
  [`${HEAD}rate: 5\nphases: a 1s 5\n`, 'Expected `rate` (x.yaml, line 4) to be left out'],
  [own('    rate: 5'), 'Unknown field `transports.longpoll.rate` (x.yaml, line 7)'],
  [own('    holt: 5s'), 'Unknown field `transports.longpoll.holt` (x.yaml, line 7). Did you mean `hold`?'],
  [own('    heartbeat: often'), 'Expected `transports.longpoll.heartbeat` (x.yaml, line 7) to be a time'],
  [own('  pollign: {}'), 'Unknown field `transports.pollign` (x.yaml, line 7). Did you mean `polling`?'],
  [own('  sse: 5'), 'Expected `transports.sse` (x.yaml, line 7) to be options of a transport'],
  [own('  long-polling: {}'), 'Field `transports.long-polling` (x.yaml, line 7) is there twice'],
  [`${HEAD}transports: longpoll\n`, 'Expected `transports` (x.yaml, line 4) to be a list of'],
])('%j is refused with file, line and field', (text, message) => {
  const read = () => readScenario(text, 'x.yaml');
  expect(read).toThrow(RtbenchError);
  expect(read).toThrow(message);
  expect(read).not.toThrow(/\n/);
});

test('a file with a hostile name is told in one line', () => {
  expect(() => readScenario('- a', 'a\n\u001b[2Jb.yaml')).toThrow('Expected a [2Jb.yaml to be a list');
});
