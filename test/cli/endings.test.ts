import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { BIN, rtbench } from '../rtbench.ts';

const SMALL = ['run', '--transport', 'ws', '--clients', '5', '--duration', '500ms', '--rounds', '1'];
const FAILS = ['--fail-if', 'ws.expected>0'];

test('--strict makes an invalid round exit 3, also where a gate failed, and the data are still there', async () => {
  // A neighbour on every core: what the noisy-host flag is for.
  for (let core = 0; core < 2; core++) {
    const neighbour = spawn(process.execPath, ['-e', 'for (;;);']);
    onTestFinished(() => void neighbour.kill('SIGKILL'));
  }
  const folder = mkdtempSync(join(tmpdir(), 'rtbench-strict-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'report.json');
  const { code, stdout, stderr } = await rtbench([...SMALL, ...FAILS, '--strict', '--json', '--out', file]);
  expect(code).toBe(3);
  expect(stderr).toMatch(/\[1\/1\] websocket 1 .* invalid: /);
  expect(stderr).toMatch(/rtbench: ✗ websocket\.expected > 0: \d/);
  expect(stderr).toMatch(/rtbench: 1 of 1 rounds are invalid \(--strict\)\n$/);
  expect(JSON.parse(stdout).rounds).toHaveLength(1);
  expect(readFileSync(file, 'utf8')).toBe(stdout);
});

test('a reader that stops reading is no error', async () => {
  const command = spawn(process.execPath, [BIN, 'list', 'scenarios', '--json']);
  command.stdout.destroy();
  const [stderr, [code]] = await Promise.all([text(command.stderr), once(command, 'exit')]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

test('progress stays off standard output, and --quiet turns it off', async () => {
  const { code, stdout, stderr } = await rtbench([...SMALL, '--quiet', '--format', 'ndjson']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  for (const line of stdout.trimEnd().split('\n')) expect(() => JSON.parse(line)).not.toThrow();
});

const DEFECT = `
  const waiting = setInterval(() => {
    if (process.listenerCount('uncaughtException') === 0) return;
    clearInterval(waiting);
    throw new TypeError('boom');
  }, 10).unref()`;

test.each([
  ['', /^rtbench: unexpected: boom; set RTBENCH_DEBUG=1 for the stack\n$/],
  ['1', /^rtbench: unexpected: boom.*\nTypeError: boom\n +at /],
])('a defect is told in a line, and in full with RTBENCH_DEBUG=%s', async (debug, says) => {
  const load = `--import=data:text/javascript,${encodeURIComponent(DEFECT)}`;
  const { code, stderr } = await rtbench(['doctor'], { NODE_OPTIONS: load, RTBENCH_DEBUG: debug });
  expect(code).toBe(1);
  expect(stderr).toMatch(says);
});
