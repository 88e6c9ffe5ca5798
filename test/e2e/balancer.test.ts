import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findBalancer } from '../../src/cluster/balancer/software.ts';
import { BIN, rtbench } from '../rtbench.ts';
import { until } from '../transports/harness.ts';

const NAMES = (['nginx', 'haproxy'] as const).filter((name) => {
  const isThere = findBalancer(name) !== undefined;
  if (!isThere) console.warn(`skipped: ${name} is not installed`);
  return isThere;
});
const CALL = ['run', '--nodes', '2', '--clients', '6', '--rate', '20', '--rounds', '1', '--json'];

/** What runs in a folder or beneath it, by name. */
function runningIn(folder: string): string[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((pid) => {
      try {
        const isIn = readlinkSync(`/proc/${pid}/cwd`).startsWith(folder);
        return isIn ? [readFileSync(`/proc/${pid}/comm`, 'utf8').trim()] : [];
      } catch {
        return []; // It has ended since.
      }
    });
}

test.each(NAMES)('SIGKILL of the command leaves neither %s nor what was written for it', async (name) => {
  const folder = mkdtempSync(join(tmpdir(), 'rtbench-test-'));
  const args = [...CALL, '--transport', 'ws', '--balancer', name, '--duration', '1m'];
  const command = spawn(process.execPath, [BIN, ...args], { env: { ...process.env, TMPDIR: folder } });
  await until('the balancer', () => runningIn(folder).includes(name));
  command.kill('SIGKILL');
  await once(command, 'exit');
  await until('its end', () => runningIn(folder).length === 0);
  await until('an empty folder', () => readdirSync(folder).length === 0);
  rmSync(folder, { recursive: true });
});

test.each(NAMES.slice(0, 1))(
  'a wrong %s is a finding: who stayed out, why, and what they did not get',
  async (name) => {
    const wrong = ['--balancer', name, '--balancer-mistake', 'no-upgrade'];
    const { code, stdout, stderr } = await rtbench([...CALL, '--transport', 'ws', ...wrong]);
    expect([code, stderr]).toEqual([0, expect.stringContaining('0 of 120 delivered')]);
    const [round] = JSON.parse(stdout).rounds;
    expect(round.connect.carrying).toEqual({});
    expect(Object.entries(round.connect.refused)).toEqual([
      [expect.stringContaining('Unexpected server response: 426'), 6],
    ]);
    expect(round.delivery).toMatchObject({ expected: 120, delivered: 0, lost: 120 });
    const about = round.flags.filter(({ code }: { code: string }) => code === 'clients-dropped');
    expect(about).toEqual([
      { code: 'clients-dropped', fatal: false, message: expect.stringContaining('6 of 6 clients') },
    ]);
  },
);

test('what a balancer cannot be is refused before anything starts', async () => {
  const { code, stderr } = await rtbench([...CALL, ...'--transport ws --sticky off'.split(' ')]);
  expect([code, stderr]).toEqual([
    2,
    expect.stringContaining('Expected --sticky to be on without a --balancer'),
  ]);
  const buffering = '--transport ws --balancer haproxy --balancer-mistake buffering'.split(' ');
  const second = await rtbench([...CALL, ...buffering]);
  expect([second.code, second.stderr]).toEqual([
    2,
    expect.stringContaining('haproxy passes answers on as they come'),
  ]);
});
