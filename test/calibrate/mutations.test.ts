import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Card } from '../../src/calibrate/index.ts';
import { rtbench } from '../rtbench.ts';

const FAULTS = new URL('./faults.ts', import.meta.url).href;
const state = mkdtempSync(join(tmpdir(), 'rtbench-mutations-'));
afterAll(() => rmSync(state, { recursive: true }));

async function calibrated(only: string, fault: string) {
  const env = {
    NODE_OPTIONS: `--import=${FAULTS}`,
    RTBENCH_TEST_FAULT: fault,
    XDG_STATE_HOME: state,
  };
  const { code, stdout, stderr } = await rtbench(['calibrate', '--quick', '--json', '--only', only], env);
  const { outcomes }: Card = JSON.parse(stdout);
  const stateOf = (name: string) => outcomes.find((one) => one.name === name)?.state;
  return { code, stderr, stateOf, told: JSON.stringify(outcomes, null, 1) };
}

/** A busy machine spoils a check now and then, which is skipped then; an unsound instrument never passes. */
const TRIES = 6;

/** The same, as often as checks were skipped. */
async function judged(names: readonly string[], fault: string) {
  for (let attempt = 1; ; attempt++) {
    const result = await calibrated(names.join(','), fault);
    const isSkipped = names.some((name) => result.stateOf(name) === 'skipped');
    if (!isSkipped || attempt === TRIES) return result;
  }
}

test('a sound instrument passes, and a part of the checks keeps no card', async () => {
  let left = ['delay', 'stall', 'bytes', 'client-stall', 'conservation', 'cpu-memory'];
  for (let attempt = 1; left.length > 0; attempt++) {
    const { code, stateOf, told } = await calibrated(left.join(','), 'none');
    left = left.filter((name) => stateOf(name) !== 'passed');
    expect(stateOf('mutation'), told).not.toBe('failed');
    expect(code).toBe(left.some((name) => stateOf(name) === 'failed') ? 1 : 0);
    if (attempt === TRIES) expect(left, told).toEqual([]);
  }
  expect(readdirSync(state)).toEqual([]);
}, 90_000);

test.concurrent.each([
  ['delay', 'latency-too-low'],
  ['stall', 'stalls-left-out'],
  ['bytes', 'bytes-too-many'],
  ['client-stall', 'busy-drivers-unseen'],
  ['conservation', 'repeats-pass-for-late'],
  ['cpu-memory', 'cpu-halved'],
  ['cpu-memory', 'buffers-unseen'],
])('%s goes red over %s', async (name, fault) => {
  const { code, stateOf, stderr, told } = await judged([name], fault);
  expect(stateOf(name), told).toBe('failed');
  expect(stderr).toMatch(new RegExp(`^rtbench: ${name}: \\S.*$`, 'm'));
  expect(code).toBe(1);
});

test('sameness, generator and drift go red over an instrument that is blind to change', async () => {
  const names = ['sameness', 'generator', 'drift'];
  const { code, stateOf, told } = await judged(names, 'blind-to-change');
  expect(names.map(stateOf), told).toEqual(names.map(() => 'failed'));
  expect(code).toBe(1);
});
