import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { installPackage, MOST_BYTES, packagesIn, sizeTable } from '../../scripts/package/installed.ts';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'rtbench-package-'));
const bin = join(folder, 'node_modules/.bin/rtbench');
const SMALL = ['--rounds', '1', '--duration', '300ms', '--clients', '10', '--quiet', '--json'];

beforeAll(() => installPackage(folder), 120_000);
vi.setConfig({ testTimeout: 60_000 });
afterAll(() => rmSync(folder, { recursive: true }));

async function json(program: string, args: readonly string[], cwd: string) {
  const { stdout } = await run(program, args, { cwd, maxBuffer: 1e8 });
  return JSON.parse(stdout);
}

test('it is small, with all that it needs', () => {
  const packages = packagesIn(folder);
  const names = packages.map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining(['rtbench', 'ws', 'socket.io', 'socket.io-client', 'autocannon']),
  );
  const bytes = packages.reduce((sum, one) => sum + one.bytes, 0);
  expect(bytes, `\n${sizeTable(packages)}`).toBeLessThan(MOST_BYTES);
});

test('it brings the licences of the code in it', () => {
  const own = (file: string) => readFileSync(join(folder, 'node_modules/rtbench', file), 'utf8');
  expect(own('LICENSE')).toContain('MIT');
  const notices = own('dist/THIRD-PARTY.txt').split(/^## /m).slice(1);
  const names = notices.flatMap((notice) => notice.split('\n', 1).flatMap((heads) => heads.split(', ')));
  expect(names.map((name) => name.split(' ')[0])).toEqual(
    expect.arrayContaining(['@redis/client', 'ioredis', 'mongodb', 'yaml', 'zod']),
  );
  for (const notice of notices) expect(notice).toMatch(/Copyright|\(c\)|Apache License/i);
});

test('npx rtbench compare measures in the empty folder', async () => {
  const report = await json('npx', ['--no-install', 'rtbench', 'compare', ...SMALL], folder);
  const rounds: { transport: string; delivery: { expected: number; delivered: number } }[] = report.rounds;
  expect(rounds.map(({ transport }) => transport).toSorted()).toEqual([
    'longpoll',
    'polling',
    'socketio',
    'streaming',
    'websocket',
  ]);
  for (const { delivery } of rounds) expect(delivery.delivered).toBe(delivery.expected);
});

test('a link to it works from anywhere, with what runs in threads and what is not JavaScript', async () => {
  const elsewhere = join(folder, 'elsewhere');
  mkdirSync(elsewhere);
  const link = join(elsewhere, 'rtb');
  symlinkSync(bin, link);
  const scenarios: { name: string }[] = await json(link, ['list', 'scenarios', '--json'], elsewhere);
  expect(scenarios.map(({ name }) => name)).toContain('broadcast');
  const distant = await json(link, ['run', '--transport', 'ws', '--rtt', '20ms', ...SMALL], elsewhere);
  expect(distant.rounds[0].latency.p50Ms).toBeGreaterThan(9);
});

test('several nodes reach each other with the libraries that are bundled', async () => {
  const nodes = ['--nodes', '2', '--adapter', 'cluster'];
  const { rounds } = await json(bin, ['run', '--transport', 'socketio', ...nodes, ...SMALL], folder);
  expect(rounds[0].delivery.delivered).toBe(rounds[0].delivery.expected);
});

test('the examples of the README compile as strictly as can be, and the first one runs', async () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const blocks = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, block = '']) => block);
  expect(blocks.length).toBeGreaterThan(2);
  const files = blocks.map((block, index) => {
    const file = join(folder, `example-${index + 1}.mts`);
    writeFileSync(file, block);
    return file;
  });
  const strict = [
    '--strict',
    '--exactOptionalPropertyTypes',
    '--noEmit',
    '--module',
    'nodenext',
    '--types',
    'node',
  ];
  const tsc = join(ROOT, 'node_modules/.bin/tsc');
  const said = await run(tsc, [...strict, ...files], { cwd: folder }).catch(({ stdout }) => ({ stdout }));
  expect(said.stdout).toBe('');
  const { stdout, stderr } = await run(process.execPath, [files[0] ?? ''], { cwd: folder });
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^(longpoll: p50 [\d.]+ ms, 0 lost\n){2}$/);
});
