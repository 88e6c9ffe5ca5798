import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import type { Report } from '../../src/measurements.ts';
import { allGone, marked } from '../marked.ts';
import { BIN, rtbench } from '../rtbench.ts';

const HOLD = ['run', '--scenario', 'hold', '--transport', 'websocket', '--isolate', 'off', '--json'];

test('thousands of clients are held by two nodes, and every one of them gets every broadcast', async () => {
  const crowd = ['--clients', '3000', '--nodes', '2'];
  const window = ['--rate', '2', '--duration', '2s', '--warmup', '200ms'];
  const { code, stdout, stderr } = await rtbench([...HOLD, ...crowd, ...window]);
  expect(code, stderr).toBe(0);
  const report: Report = JSON.parse(stdout);
  const [round] = report.rounds;
  expect(round?.connect.carrying).toEqual({ websocket: 3000 });
  expect(round?.delivery).toMatchObject({ published: 4, expected: 12_000, delivered: 12_000 });
  expect(round?.delivery).toMatchObject({ lost: 0, duplicated: 0, misdirected: 0 });
  const hop = { expected: 6000, delivered: 6000 };
  expect(round?.cluster).toMatchObject({ local: hop, remote: hop });
  expect(round?.cluster?.nodes.map(({ clients, openAtEnd }) => [clients, openAtEnd])).toEqual([
    [1500, 1500],
    [1500, 1500],
  ]);
});

test('Ctrl-C while thousands come in leaves no process', async () => {
  const mark = `coming-${process.pid}`;
  const env = { ...process.env, RTBENCH_TEST_MARK: mark };
  const command = spawn(process.execPath, [BIN, ...HOLD, '--clients', '18000'], { env });
  command.stdout.resume();
  let told = '';
  while (!told.includes('connected')) told += String((await once(command.stderr, 'data'))[0]);
  expect(told).toMatch(/^websocket 1 · [\d,]+ of 18,000 connected, the others in about \d+ (s|min)$/m);
  expect(marked(mark).length).toBeGreaterThan(3);
  command.kill('SIGINT');
  const [code] = await once(command, 'exit');
  expect(code).toBe(130);
  expect(await allGone(mark)).toBe(true);
});
