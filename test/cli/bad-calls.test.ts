import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { rtbench } from '../rtbench.ts';

const folder = mkdtempSync(join(tmpdir(), 'rtbench-bad-'));
afterAll(() => rmSync(folder, { recursive: true }));

const inFolder = (name: string, content: string | Uint8Array) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const badYaml = inFolder('bad.yaml', 'name: bad\nsummary: bad\napplication: broadcast\nrate: often\n');
const circle = inFolder('circle.yaml', 'extends: ./circle.yaml\n');
const bomb = inFolder(
  'bomb.yaml',
  `a: &a [x,x]\n${['b', 'c', 'd'].map((name, at) => `${name}: &${name} [${`*${'abc'[at]},`.repeat(9)}]`).join('\n')}\n`,
);
const deep = inFolder('deep.yaml', '['.repeat(60_000));
const hugeYaml = inFolder('huge.yaml', '#'.repeat(70_000));
const broken = inFolder('broken.json', '{"schema":"rtbench/report@1","rounds":[{');
const list = inFolder('list.json', '[]');
const noise = inFolder(
  'noise.json',
  Uint8Array.from({ length: 2000 }, (_, index) => (index * 7919) % 256),
);

const run = ['run', '--transport', 'ws'];

// Each is a process of its own that does next to nothing: several at once.
test.concurrent.each([
  [['nosuchcommand'], "unknown command 'nosuchcommand'"],
  [['compar'], 'Did you mean compare?'],
  [['run'], 'Expected --transport NAME: one of polling'],
  [['run', '--nosuchoption'], "unknown option '--nosuchoption'"],
  [[...run, '--clents', '5'], 'Did you mean --clients?'],
  [[...run, 'extra'], 'too many arguments'],
  [['run', '--transport'], 'argument missing'],
  [['run', '--transport', ''], 'Expected --transport to be one of'],
  [['run', '--transport', 'websockt'], 'got `websockt`. Did you mean `websocket`?'],
  [['compare', '--transports', 'ws,nosuch'], 'Expected --transports to be one of'],
  [[...run, '--clients', '-5'], 'Expected --clients to be a positive integer, got `-5`'],
  [[...run, '--clients', '999999999'], /at most \d+ with websocket.* open \d+ files.*ulimit -n/],
  [[...run, '--rate', 'NaN'], 'Expected --rate'],
  [[...run, '--duration', '5parsecs'], 'Expected --duration'],
  [[...run, '--payload', '9999999999'], 'Expected --payload'],
  [[...run, '--rounds', '0'], 'Expected --rounds'],
  [[...run, '--rtt', 'far'], 'Expected --rtt to be a time from 0 to 4s'],
  [[...run, '--rtt', '4001ms'], 'Expected --rtt to be a time from 0 to 4s'],
  [[...run, '--profile', 'cii'], 'Expected --profile to be one of ci, got `cii`. Did you mean `ci`?'],
  [[...run, '--isolate', 'maybe'], 'Expected --isolate to be one of auto, on, off, got `maybe`'],
  [[...run, '--jitter', '5ms'], 'Expected --jitter to be at most the half of --rtt, 0ms'],
  [[...run, '--rtt', '50ms', '--jitter', '26ms'], 'at most the half of --rtt, 25ms, got `26ms`'],
  [[...run, '--bandwidth', '10'], 'Expected --bandwidth to be a bandwidth from 8kbit'],
  [[...run, '--format', 'jsn'], 'got `jsn`. Did you mean `json`?'],
  [[...run, '--format', 'toString'], 'Expected --format'],
  [[...run, '--json', '--format', 'csv'], '--json'],
  [[...run, '--scenario', 'brodcast'], 'Did you mean `broadcast`?'],
  [[...run, '--scenario', '../scenarios/broadcast'], 'Expected --scenario'],
  [[...run, '--scenario', 'package.json'], 'or the path of a .yaml file, got `package.json`'],
  [[...run, '--scenario', 'no/such.yaml'], '(no such file or directory)'],
  [[...run, '--scenario', badYaml], 'bad.yaml, line 4) to be a number'],
  [[...run, '--scenario', hugeYaml], 'at most 64 KiB'],
  [[...run, '--scenario', circle], /a circle: \S+circle.yaml extends \S+circle.yaml/],
  [[...run, '--scenario', bomb], 'bomb.yaml to be YAML; line 4: it has more than 20 aliases'],
  [[...run, '--scenario', deep], 'deep.yaml to be YAML; line 1: it is nested too deeply'],
  [[...run, '--phases', 'a 2s'], 'Expected --phases to be none, or up to 20 phases'],
  [[...run, '--scenario', 'burst', '--rate', '5'], 'Expected --rate to be left out, since there are phases'],
  [[...run, '--out', join(folder, 'no/such/x.json')], '(no such file or directory)'],
  [[...run, '--out', join(folder, 'x.foo')], 'whose ending names a format'],
  [[...run, '--out', '/dev/null'], 'Expected --out'],
  [['capacity'], 'Expected --transport NAME: one of polling'],
  [['capacity', '--transport', 'ws', '--transports', 'ws,sse'], "'--transports <list>' cannot be used with"],
  [['capacity', '--transport', 'ws', '--rounds', '3'], "unknown option '--rounds'"],
  [['capacity', '--transport', 'ws', '--slo', 'fast'], 'Expected --slo to be bounds such as p99<100ms'],
  [
    ['capacity', '--transport', 'ws', '--vary', 'colour'],
    'Expected --vary to be rate or clients, got `colour`',
  ],
  [['report', join(folder, 'missing.json')], '(no such file or directory)'],
  [['report', folder], 'Expected FILE'],
  [['report', broken], 'broken.json: Expected a report'],
  [['report', list], 'list.json: Expected a report'],
  [['report', noise], 'noise.json: Expected a report'],
  [['list', 'transprts'], 'Did you mean `transports`?'],
])('%j exits 2 with one line', async (args, says) => {
  const before = readdirSync(folder);
  const { code, stdout, stderr } = await rtbench(args);
  expect(stderr).toMatch(/^rtbench: [^\n]+\n$/);
  expect(stderr).toMatch(says);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(readdirSync(folder)).toEqual(before);
});
