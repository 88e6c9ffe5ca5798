import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { allGone } from '../marked.ts';
import { BIN } from '../rtbench.ts';

test('Ctrl-C of a sweep prints the rounds that are finished, exits 130, and leaves no process behind', async () => {
  const mark = `sweep-${process.pid}`;
  const call = ['sweep', '--vary', 'rate=10,20,30', '--transport', 'ws', '--clients', '5', '--json'];
  const command = spawn(process.execPath, [BIN, ...call], {
    env: { ...process.env, RTBENCH_TEST_MARK: mark },
  });
  let stdout = '';
  command.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk;
  });
  command.stderr.on('data', (chunk: Buffer) => {
    if (chunk.includes('[2/9]')) command.kill('SIGINT');
  });
  const [code] = await once(command, 'close');
  expect(code).toBe(130);
  const sweep = JSON.parse(stdout);
  expect(sweep.interrupted).toBe(true);
  const rounds = sweep.points.flatMap((point: { rounds: unknown[] }) => point.rounds);
  expect(rounds.length).toBeGreaterThanOrEqual(2);
  expect(rounds.length).toBeLessThan(9);
  expect(await allGone(mark)).toBe(true);
});
