import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { allGone, marked } from '../marked.ts';
import { BIN } from '../rtbench.ts';

const CALL = [
  'compare',
  '--clients',
  '20',
  '--duration',
  '1s',
  '--rounds',
  '5',
  '--json',
  '--transports',
  'ws,streaming',
  '--rtt',
  '4ms',
  '--fail-if',
  '*.expected>0',
];

/** A mark in the environment that the command's children inherit, so that they are found whoever adopts them. */
function start(mark: string): ChildProcess {
  return spawn(process.execPath, [BIN, ...CALL], { env: { ...process.env, RTBENCH_TEST_MARK: mark } });
}

/** Waits until the command has measured its first round and is in the next one. */
async function firstRoundOf(command: ChildProcess): Promise<void> {
  for await (const [chunk] of stderrOf(command)) if (/1\/10|\b1 of 10\b/.test(String(chunk))) return;
}

async function* stderrOf(command: ChildProcess): AsyncGenerator<unknown[]> {
  for (;;) yield command.stderr === null ? [] : await once(command.stderr, 'data');
}

test.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)(
  '%s of the command leaves no process behind',
  async (signal) => {
    const mark = `gone-${signal}-${process.pid}`;
    const command = start(mark);
    command.stdout?.resume();
    await firstRoundOf(command);
    expect(marked(mark).length).toBeGreaterThan(2);
    command.kill(signal);
    await once(command, 'exit');
    expect(await allGone(mark)).toBe(true);
  },
);

test('Ctrl-C prints what is finished, says that it was interrupted, and exits 130 whatever failed', async () => {
  const command = start(`interrupted-${process.pid}`);
  let stdout = '';
  command.stdout?.on('data', (chunk: Buffer) => {
    stdout += chunk;
  });
  await firstRoundOf(command);
  command.kill('SIGINT');
  const [code] = await once(command, 'close');
  expect(code).toBe(130);
  const report = JSON.parse(stdout);
  expect(report.interrupted).toBe(true);
  expect(report.rounds.length).toBeGreaterThanOrEqual(1);
  expect(report.rounds.length).toBeLessThan(10);
  expect(report.gates).toHaveLength(2);
});
