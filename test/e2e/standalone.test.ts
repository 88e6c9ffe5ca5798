import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formats } from '../../src/report/formats.ts';
import { allGone, marked } from '../marked.ts';
import { type Outcome, outcomeOf } from '../rtbench.ts';

const made = realpathSync(mkdtempSync(join(tmpdir(), 'rtbench-made-')));
const empty = realpathSync(mkdtempSync(join(tmpdir(), 'rtbench-empty-')));
let executable = '';

beforeAll(() => {
  execFileSync(process.execPath, ['scripts/standalone.ts', '--out', made], { stdio: 'pipe' });
  executable = join(made, readdirSync(made).find((name) => name.startsWith('rtbench-')) ?? '');
}, 120_000);
afterAll(() => {
  for (const folder of [made, empty]) rmSync(folder, { recursive: true });
});

const SHORT = '--rounds 1 --duration 300ms --clients 10'.split(' ');

/** Starts it where there is nothing: no path, no home, no file. */
function start(args: readonly string[], more: Readonly<Record<string, string>> = {}) {
  return spawn(executable, args, { cwd: empty, env: { PATH: '', HOME: empty, ...more } });
}

function alone(args: readonly string[], more?: Readonly<Record<string, string>>): Promise<Outcome> {
  return outcomeOf(start(args, more));
}

test('it says its version, whatever NODE_OPTIONS ask of Node', async () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  const outcome = await alone(['--version'], { NODE_OPTIONS: '--require ./no-such-file.js' });
  expect(outcome).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
});

test('it has its own scenarios', async () => {
  const { stdout } = await alone(['list', 'scenarios']);
  const [, ...lines] = stdout.split('\n').filter((line) => /^\S/.test(line));
  expect(lines.map((line) => `${line.split(' ')[0]}.yaml`)).toEqual(readdirSync('scenarios').toSorted());
});

test('it measures over a distance and tells of it in every format', async () => {
  const run = ['run', '--transport', 'longpoll', '--rtt', '4ms', ...SHORT, '--quiet', '--out', 'run.json'];
  const { code, stdout, stderr } = await alone(run);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('RTT 4 ms');
  const report = JSON.parse(readFileSync(join(empty, 'run.json'), 'utf8'));
  expect(report.command).toEqual(run);
  expect(report.rounds[0].delivery).toMatchObject({ delivered: report.rounds[0].delivery.expected });
  expect(report.rounds[0].latency.p50Ms).toBeGreaterThan(2);
  for (const format of Object.keys(formats)) {
    const told = await alone(['report', 'run.json', '--format', format]);
    expect({ format, code: told.code, stderr: told.stderr }).toEqual({ format, code: 0, stderr: '' });
    expect(told.stdout).toContain('longpoll');
  }
});

test('it traces, and shows its demo', async () => {
  const { code, stdout } = await alone(['trace', '--transport', 'sse', '--quiet', '--format', 'csv']);
  expect({ code, heartbeats: stdout.includes('heartbeat') }).toEqual({ code: 0, heartbeats: true });
  const demo = start(['demo', '--port', '0']);
  const ended = once(demo, 'close');
  const [url] = await once(demo.stdout, 'data');
  for (const [path, held] of Object.entries({
    '/': '<script src',
    '/demo.js': 'EventSource',
    '/demo.css': '.lane',
  })) {
    const answer = await fetch(new URL(path, String(url).trim()));
    expect({ path, isThere: (await answer.text()).includes(held) }).toEqual({ path, isThere: true });
  }
  demo.kill('SIGINT');
  expect((await ended)[0]).toBe(130);
});

test('it compares five transports, and all arrives', async () => {
  const { code, stdout } = await alone(['compare', ...SHORT, '--json']);
  expect(code).toBe(0);
  const { rounds, machine } = JSON.parse(stdout);
  expect(rounds.map(({ transport }: { transport: string }) => transport).toSorted()).toEqual(
    ['longpoll', 'polling', 'socketio', 'streaming', 'websocket'].toSorted(),
  );
  for (const { delivery } of rounds)
    expect(delivery).toMatchObject({ lost: 0, delivered: delivery.expected });
  expect(machine.packages).toMatchObject({ ws: expect.stringMatching(/^8\./) });
}, 60_000);

test('the MongoDB driver is in it', async () => {
  const chat = ['run', '--transport', 'ws', '--scenario', 'chat', '--history', 'mongodb://127.0.0.1:1/'];
  const { code, stderr } = await alone(chat);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^rtbench: Cannot use the MongoDB server .* ECONNREFUSED.*\n$/);
});

test('what it cannot read is one line and exit code 2', async () => {
  const { code, stdout, stderr } = await alone(['compare', '--clients', 'many']);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^rtbench: .*--clients.*many.*\n$/);
});

test('Ctrl-C ends it with 130; all its processes are itself, and none is left', async () => {
  const mark = `standalone-${process.pid}`;
  const child = start(['run', '--transport', 'ws', '--rounds', '20'], { RTBENCH_TEST_MARK: mark });
  child.stdout.resume();
  for await (const chunk of child.stderr) if (/1\/20/.test(String(chunk))) break;
  const programs = marked(mark).map((pid) => readlinkSync(`/proc/${pid}/exe`));
  expect(programs.length).toBeGreaterThan(2);
  expect(new Set(programs)).toEqual(new Set([executable]));
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([130, null]);
  expect(await allGone(mark)).toBe(true);
});
