import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Report } from '../../src/measurements.ts';
import { allGone, marked } from '../marked.ts';
import { BIN, rtbench } from '../rtbench.ts';

const CALL = ['run', '--clients', '10', '--duration', '20s', '--rounds', '1', '--json', '--isolate', 'off'];

/** A path on which there is a shell and nothing that could tie our processes to us. */
const bare = mkdtempSync(join(tmpdir(), 'rtbench-bare-'));
symlinkSync('/bin/sh', join(bare, 'sh'));
afterAll(() => rmSync(bare, { recursive: true }));

function start(mark: string, fault: string, env: NodeJS.ProcessEnv = {}): ChildProcess {
  const args = [BIN, ...CALL, '--transport', 'ws', '--faults', fault];
  return spawn(process.execPath, args, { env: { ...process.env, ...env, RTBENCH_TEST_MARK: mark } });
}

/** Waits until a fault has begun. */
async function faultOf(command: ChildProcess): Promise<void> {
  command.stdout?.resume();
  let told = '';
  while (!told.includes('begins')) {
    const [chunk] = command.stderr === null ? [] : await once(command.stderr, 'data');
    told += String(chunk);
  }
}

function stopped(mark: string): number[] {
  return marked(mark).filter((pid) => readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') T '));
}

test.each(['server-freeze at 100ms', 'server-kill at 100ms for 15s', 'link-hole at 100ms'])(
  'Ctrl-C in the middle of `%s` leaves no process',
  async (fault) => {
    const mark = `broken-off-${fault.replaceAll(' ', '-')}-${process.pid}`;
    const command = start(mark, fault);
    await faultOf(command);
    expect(stopped(mark).length).toBe(fault.includes('freeze') ? 1 : 0);
    command.kill('SIGINT');
    const [code] = await once(command, 'exit');
    expect(code).toBe(130);
    expect(await allGone(mark)).toBe(true);
  },
);

test('a frozen server does not outlive a command that is killed, also where nothing ties it to that', async () => {
  const mark = `frozen-${process.pid}`;
  const command = start(mark, 'server-freeze at 100ms', { PATH: bare });
  await faultOf(command);
  expect(stopped(mark).length).toBe(1);
  command.kill('SIGKILL');
  expect(await allGone(mark)).toBe(true);
});

test('a server that ends by itself ends no round with faults, and is told of', async () => {
  const env = {
    NODE_OPTIONS: `--import=${new URL('../run/faults.ts', import.meta.url).href}`,
    RTBENCH_TEST_FAULT: 'dies-in-the-window',
  };
  const call = ['run', '--transport', 'ws', '--clients', '20', '--rate', '20', '--duration', '1s'];
  const faults = [
    '--faults',
    'server-freeze at 900ms for 50ms',
    '--rounds',
    '1',
    '--warmup',
    '200ms',
    '--json',
  ];
  const { code, stdout } = await rtbench([...call, ...faults], env);
  const report: Report = JSON.parse(stdout);
  expect(code).toBe(0);
  expect(report.failure).toBeNull();
  const [round] = report.rounds;
  const died = round?.flags.find((flag) => flag.code === 'server-died');
  expect(died?.fatal).toBe(false);
  expect(died?.message).toMatch(/^the server ended by itself \d\.\d s into the window: Error: on purpose$/);
  expect(round?.delivery.lost).toBeGreaterThan(0);
  const ordinary = await rtbench([...call, '--rounds', '1', '--warmup', '200ms', '--json'], env);
  expect(ordinary.code).toBe(1);
  expect(ordinary.stderr).toContain('on purpose');
});
