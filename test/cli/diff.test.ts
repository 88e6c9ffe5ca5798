import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { sampleReport } from '../report/sample.ts';
import { rtbench } from '../rtbench.ts';

const folder = mkdtempSync(join(tmpdir(), 'rtbench-diff-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, content: unknown) => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};
const before = file('before.json', sampleReport());
const after = file('after.json', sampleReport({ seed: 9 }));
const heavier = file('heavier.json', sampleReport({ scenario: { payloadBytes: 1024 } }));
const newer = file('newer.json', { ...sampleReport(), schema: 'rtbench/report@2' });
const empty = file('empty.json', sampleReport({ transports: [], rounds: 0 }));
const sse = file('sse.json', sampleReport({ transports: ['sse'] }));

test.each([
  [[before], "missing required argument 'after'"],
  [[before, join(folder, 'no.json')], 'Expected AFTER to be a readable report'],
  [
    [before, file('broken.json', '{')],
    'broken.json: Expected a report written by rtbench, but it is not JSON',
  ],
  [[newer, before], 'its schema is `"rtbench/report@2"`'],
  [[before, heavier], 'differ in payloadBytes (64, 1024); --force compares them all the same'],
  [[before, empty], 'has no valid one'],
  [[before, sse], 'Expected a transport that both reports have'],
  [[before, after, '--cpu-unit', 'ms'], 'Expected --cpu-unit to be us or yardstick, got `ms`'],
])('%j exits 2 with one line', async (args, says) => {
  const { code, stdout, stderr } = await rtbench(['diff', ...args]);
  expect(stderr).toMatch(/^rtbench: [^\n]+\n$/);
  expect(stderr).toContain(says);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
});

test('two reports of the same work are compared, as JSON and in files too', async () => {
  const markdown = join(folder, 'diff.md');
  const { code, stdout, stderr } = await rtbench(['diff', before, after, '--json', '--out', markdown]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const { schema, comparisons } = JSON.parse(stdout);
  expect(schema).toBe('rtbench/diff@1');
  const keys = ['metric', 'transport', 'against', 'ratio', 'low', 'high', 'verdict', 'leastEffect'];
  expect(Object.keys(comparisons[0])).toEqual([...keys, 'mannWhitneyP']);
  expect(comparisons[0].against).toBe(before);
  const again = await rtbench(['diff', before, after, '--format', 'markdown']);
  expect(readFileSync(markdown, 'utf8')).toBe(again.stdout);
});

test('--force compares different work and says so; --help gives examples', async () => {
  const { code, stdout } = await rtbench(['diff', before, heavier, '--force']);
  expect(code).toBe(0);
  expect(stdout).toContain('The work differs in payloadBytes (64, 1024)');
  const help = await rtbench(['diff', '--help']);
  expect(help.stdout).toContain('Examples:\n  rtbench diff before.json after.json');
});
