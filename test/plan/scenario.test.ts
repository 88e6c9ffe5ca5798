import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { RtbenchError } from '../../src/errors.ts';
import { defaults } from '../../src/plan/fields/index.ts';
import { readScenario } from '../../src/plan/scenario.ts';

const FOLDER = join(import.meta.dirname, '../../scenarios');
const HEAD = 'name: mine\nsummary: what it is\napplication: broadcast\n';

test('fields are read as options are', () => {
  const text = `${HEAD}clients: 12\nrate: 0.5\npayload: 64KiB\nduration: 2s\nlongpoll-batch: off\ntls: true\n`;
  expect(readScenario(text, 'mine.yaml')).toEqual({
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
});

test.each(readdirSync(FOLDER))('%s is a scenario of that name', (file) => {
  const scenario = readScenario(readFileSync(join(FOLDER, file), 'utf8'), file);
  expect(`${scenario.name}.yaml`).toBe(file);
});

test('broadcast.yaml says what holds by default', () => {
  const { settings } = readScenario(readFileSync(join(FOLDER, 'broadcast.yaml'), 'utf8'), 'broadcast.yaml');
  expect({ ...defaults, ...settings }).toEqual(defaults);
});

const LAUGHS = `a: &a [x,x,x,x]\n${['b', 'c', 'd', 'e']
  .map((name, at) => `${name}: &${name} [${`*${'abcd'[at]},`.repeat(9)}]`)
  .join('\n')}\n`;

test.each([
  [`${HEAD}clients: ten\n`, 'Expected `clients` (x.yaml, line 4) to be a positive integer, got `ten`'],
  [`${HEAD}clients:\n  - 1\n`, 'Expected `clients` (x.yaml, line 4) to be a positive integer, got `[1]`'],
  [`${HEAD}rate: .nan\n`, 'Expected `rate` (x.yaml, line 4) to be a number of messages per second'],
  [`${HEAD}cleints: 5\n`, 'Unknown field `cleints` (x.yaml, line 4). Did you mean `clients`?'],
  [`${HEAD}clients: 5\nclients: 6\n`, 'Expected x.yaml to be YAML; line 5: Map keys must be unique'],
  [`${HEAD}__proto__: 5\n`, 'Unknown field `__proto__` (x.yaml, line 4)'],
  ['summary: a\napplication: broadcast\n', 'Expected `name` (x.yaml) to be a short name'],
  ['name: A B\nsummary: a\napplication: broadcast\n', 'got `A B`'],
  ['name: a\nsummary: a\napplication: chess\n', '`application` (x.yaml, line 3) to be one of broadcast, '],
  ['name: [a\n', 'Expected x.yaml to be YAML; line '],
  ['- a\n', 'Expected x.yaml to be a list of `field: value` lines'],
  ['', 'Expected x.yaml to be a list of `field: value` lines'],
  ['\u0000\u0001\ufffd{{{', 'Expected x.yaml to be'],
  [LAUGHS, 'Excessive alias count'],
])('%j is refused with file, line and field', (text, message) => {
  const read = () => readScenario(text, 'x.yaml');
  expect(read).toThrow(RtbenchError);
  expect(read).toThrow(message);
});
