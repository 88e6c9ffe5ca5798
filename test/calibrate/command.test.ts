import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { allGone, marked } from '../marked.ts';
import { BIN, rtbench } from '../rtbench.ts';

test('--help says when it fails and what there is to choose', async () => {
  const { code, stdout } = await rtbench(['calibrate', '--help']);
  expect(code).toBe(0);
  for (const word of ['--quick', '--only', '--json', 'Exits 0', 'and 1']) expect(stdout).toContain(word);
});

test('--only names a check that there is', async () => {
  const { code, stdout, stderr } = await rtbench(['calibrate', '--only', 'delay,byts']);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(
    /^rtbench: Expected --only .*conservation.*, got `byts`\. Did you mean `bytes`\?\n$/,
  );
});

/** Waits until so many processes are there and, if it must be, one of them has been stopped. */
async function inTheMidst(mark: string, stopped: boolean): Promise<void> {
  const isStopped = (pid: number) => / T \d/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  for (;;) {
    const pids = marked(mark);
    if (pids.length >= 4 && (!stopped || pids.some(isStopped))) return;
    await sleep(20);
  }
}

test.each(['stall', 'client-stall,cpu-memory'])('Ctrl-C during %s leaves nothing behind', async (only) => {
  const state = mkdtempSync(join(tmpdir(), 'rtbench-interrupted-'));
  onTestFinished(() => rmSync(state, { recursive: true }));
  const mark = `calibrate-${only}-${process.pid}`;
  const env = { ...process.env, RTBENCH_TEST_MARK: mark, XDG_STATE_HOME: state };
  const command = spawn(process.execPath, [BIN, 'calibrate', '--quick', '--only', only], { env });
  command.stdout.resume();
  let stderr = '';
  command.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk;
  });
  await inTheMidst(mark, only === 'stall');
  command.kill('SIGINT');
  const [code] = await once(command, 'close');
  expect(code).toBe(130);
  expect(stderr).toMatch(/\nrtbench: Interrupted; nothing is kept\n$/);
  expect(await allGone(mark)).toBe(true);
  expect(readdirSync(state)).toEqual([]);
});
