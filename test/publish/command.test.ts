import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { plainLook } from '../../src/cli/look.ts';
import { formats } from '../../src/report/index.ts';
import { sampleReport } from '../report/sample.ts';
import { BIN, rtbench } from '../rtbench.ts';

const root = mkdtempSync(join(tmpdir(), 'rtbench-publish-'));
afterAll(() => rmSync(root, { recursive: true }));

const saved = join(root, 'compare.json');
const text = formats.json(
  sampleReport({ transports: ['polling', 'websocket'], rounds: 3, scenario: { clients: 20, witnesses: 2 } }),
  plainLook,
);
writeFileSync(saved, text);
const broken = join(root, 'broken.json');
writeFileSync(broken, text.replace('"rounds": [', '"rounds": [7,'));
const elsewhere = join(root, 'elsewhere.json');
writeFileSync(elsewhere, text.replace('AMD EPYC 7R13', 'Ampere Altra'));

let directory: string;
beforeEach(() => {
  directory = join(root, 'results');
  rmSync(directory, { recursive: true, force: true });
});

test('prints what it wrote; a dry run the same, and writes nothing', async () => {
  const call = ['publish', directory, saved, '--machine', 'two-core-vm', '--name', 'first', '--html', 'none'];
  const dry = await rtbench([...call, '--dry-run']);
  expect(existsSync(directory)).toBe(false);
  const { code, stdout, stderr } = await rtbench(call);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(dry).toEqual({ code, stdout, stderr });
  const written = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  expect(stdout.trim().split('\n').toSorted()).toEqual(written.toSorted());
  expect(stdout).toContain(join(directory, '2026-01-02-two-core-vm-first/compare.json'));
});

test('reads standard input, as report does', () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [BIN, ...args], { input: text, encoding: 'utf8' });
  const { status, stdout } = run('publish', directory, '-', '--latest', '--html', 'none');
  expect(status).toBe(0);
  expect(stdout).toContain(join(directory, 'latest/broadcast.json'));
  expect(run('report', '-', '--json').stdout).toBe(text);
});

test('what stands there and is none of ours is told of', async () => {
  mkdirSync(join(directory, 'bench'), { recursive: true });
  writeFileSync(join(directory, 'bench/latest.json'), '[]');
  const { code, stderr } = await rtbench(['publish', directory, saved, '--html', 'none']);
  expect(code).toBe(0);
  expect(stderr).toMatch(/^\S+bench\/latest\.json: Expected a report written by rtbench, but .*\n$/);
});

describe('bad input: a line, 2, and nothing is written', () => {
  const file = join(root, 'file');
  writeFileSync(file, '');
  test.concurrent.each([
    [[saved], "missing required argument 'file'"],
    [[file, saved], 'Expected DIR to be a folder'],
    [
      ['DIR', saved, join(root, 'nosuch.json')],
      /Expected FILE to be a readable report, got .* \(no such file/,
    ],
    [['DIR', saved, broken], /broken\.json: Expected a report written by rtbench, but rounds\[0\]/],
    [['DIR', '-', '-'], 'Expected FILE to be standard input once'],
    [['DIR', '-'], 'standard input: Expected a report written by rtbench, but it is empty'],
    [['DIR', saved, elsewhere], 'Expected FILE to be results of one machine, or --machine to name it'],
    [['DIR', saved, '--machine', '../x'], 'Expected --machine to be letters, digits and single hyphens'],
    [['DIR', saved, '--name', ''], 'Expected --name to be letters'],
    [['DIR', saved, '--name', 'x', '--latest'], 'Expected --name to be left out with --latest'],
    [['DIR', saved, '--html', 'some'], 'Expected --html to be one of all, first, none, got `some`'],
  ])('%j', (args, says) => {
    const own = join(root, 'nothing');
    const words = args.map((word) => (word === 'DIR' ? own : word));
    const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, 'publish', ...words], {
      input: '',
      encoding: 'utf8',
    });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(says);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(existsSync(own)).toBe(false);
  });
});

test('a full disk leaves nothing of a run, nor its folder', () => {
  const script = 'ulimit -f 8; "$0" "$1" publish "$2" "$3" --html none';
  const args = ['-c', script, process.execPath, BIN, directory, saved];
  const { status, stderr } = spawnSync('sh', args, { encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stderr).toMatch(/^rtbench: Could not write \S+: file too large\n$/);
  expect(existsSync(directory)).toBe(false);
});
