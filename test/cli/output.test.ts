import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { plainLook } from '../../src/cli/look.ts';
import { formats } from '../../src/report/index.ts';
import { sampleReport } from '../report/sample.ts';
import { rtbench } from '../rtbench.ts';

const report = sampleReport();
let folder: string;
let saved: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rtbench-output-'));
  saved = join(folder, 'saved.json');
  writeFileSync(saved, formats.json(report, plainLook));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a saved report is printed again in any format', async () => {
  for (const [name, write] of Object.entries(formats)) {
    const { code, stdout } = await rtbench(['report', saved, '--format', name, '--no-color']);
    expect(code).toBe(0);
    expect(stdout).toBe(await write(report, plainLook));
  }
  expect((await rtbench(['report', saved, '--json'])).stdout).toBe(readFileSync(saved, 'utf8'));
});

test('--out may be repeated; each file is written whole, and nothing else is left', async () => {
  const out = ['again.json', 'rounds.csv', 'table.md'].map((name) => join(folder, name));
  const { code } = await rtbench(['report', saved, ...out.flatMap((path) => ['--out', path])]);
  expect(code).toBe(0);
  expect(readdirSync(folder).sort()).toEqual(['again.json', 'rounds.csv', 'saved.json', 'table.md']);
  const [json = '', csv = '', markdown = ''] = out.map((path) => readFileSync(path, 'utf8'));
  expect(JSON.parse(json)).toEqual(JSON.parse(readFileSync(saved, 'utf8')));
  expect(csv).toBe(formats.csv(report, plainLook));
  expect(markdown).toBe(formats.markdown(report, plainLook));
});

test('a link stays a link: the file behind it is replaced', async () => {
  writeFileSync(join(folder, 'real.json'), 'old');
  symlinkSync('real.json', join(folder, 'link.json'));
  await rtbench(['report', saved, '--out', join(folder, 'link.json')]);
  expect(readFileSync(join(folder, 'real.json'), 'utf8')).toBe(readFileSync(saved, 'utf8'));
});

test('one bad file among good ones, and none is touched', async () => {
  const good = join(folder, 'good.json');
  writeFileSync(good, 'old');
  const { code, stdout } = await rtbench([
    'report',
    saved,
    '--out',
    good,
    '--out',
    join(folder, 'no/x.json'),
  ]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(readFileSync(good, 'utf8')).toBe('old');
});
