import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Chalk } from 'chalk';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { calibrationFile, keepCalibration, loadCalibration } from '../../src/calibrate/kept.ts';
import { describeMachine } from '../../src/instrument/machine.ts';
import type { Calibration } from '../../src/measurements.ts';
import { formats } from '../../src/report/index.ts';
import { calibrationOf } from '../../src/report/words/calibration.ts';
import { sampleReport } from '../report/sample.ts';
import { rtbench } from '../rtbench.ts';

const calibration: Calibration = {
  ...{ at: '2026-11-19T06:00:00.000Z', rtbench: '0.1.0', passed: 10, checks: 10 },
  ...{ latencySlope: 1.004, latencyFloorMs: 0.8, stallRatio: 1.01, byteError: 0, cpuError: 0.004 },
  ...{ falseAlarms: 0.05, rounds: 5, leastLatencyEffect: 0.2, leastCpuEffect: null },
};
const here = describeMachine(null, null);
let env: { XDG_STATE_HOME: string };

beforeEach(() => {
  env = { XDG_STATE_HOME: mkdtempSync(join(tmpdir(), 'rtbench-kept-')) };
});
afterEach(() => rmSync(env.XDG_STATE_HOME, { recursive: true }));

test('what is kept is found again, and no half-written file is left beside it', () => {
  expect(loadCalibration(here, env)).toEqual({
    calibration: null,
    calibrationMissing: 'never calibrated on this machine',
  });
  expect(keepCalibration(calibration, here, env)).toBeNull();
  expect(loadCalibration(here, env)).toEqual({ calibration, calibrationMissing: null });
  expect(readdirSync(dirname(calibrationFile(env)))).toEqual(['calibration.json']);
});

test('it counts for the machine, the Node and the rtbench that it was made with', () => {
  keepCalibration(calibration, here, env);
  const missing = (where: typeof here) => loadCalibration(where, env).calibrationMissing;
  const machine = (change: object) => ({ ...here, machine: { ...here.machine, ...change } });
  expect(missing(machine({ cores: 64 }))).toBe('calibrated on another machine');
  expect(missing(machine({ node: '99.0.0' }))).toBe('calibrated with another Node');
  expect(missing({ ...here, rtbench: '99.0.0' })).toBe('calibrated by another rtbench');
});

test.each(['', '{', 'null', '[]', '{"fingerprint":{}}', '\0\0\0'])(
  'a corrupt file (%j) is no error',
  (text) => {
    keepCalibration(calibration, here, env);
    writeFileSync(calibrationFile(env), text);
    expect(loadCalibration(here, env)).toEqual({
      calibration: null,
      calibrationMissing: 'the calibration file cannot be read',
    });
  },
);

test('a place that cannot be written or read is told, not thrown', () => {
  mkdirSync(calibrationFile(env), { recursive: true });
  expect(keepCalibration(calibration, here, env)).toMatch(/\S/);
  expect(loadCalibration(here, env).calibrationMissing).toBe('the calibration file cannot be read');
});

test('a run carries what is kept, and says so in a few words', async () => {
  keepCalibration(calibration, here, env);
  const run = [
    'run',
    '--transport',
    'ws',
    '--clients',
    '2',
    '--duration',
    '200ms',
    '--rounds',
    '1',
    '--quiet',
  ];
  const { stdout } = await rtbench([...run, '--json'], env);
  expect(JSON.parse(stdout)).toMatchObject({ calibration, calibrationMissing: null });
  writeFileSync(calibrationFile(env), 'gone');
  const { stdout: page } = await rtbench(run, env);
  expect(page.replaceAll('\n', ' ')).toContain(
    'the calibration file cannot be read: run `rtbench calibrate`',
  );
  expect(readFileSync(calibrationFile(env), 'utf8')).toBe('gone');
});

test('a report tells its calibration by its own date, and what failed', () => {
  const report = { ...sampleReport(), startedAt: '2026-11-21T07:00:00.000Z', calibration };
  const told = 'calibrated 2 days ago on this machine: latency 1.00, bytes exact';
  const look = { columns: 140, chalk: new Chalk({ level: 0 }) };
  expect(formats.table(report, look)).toContain(told);
  expect(formats.markdown(report, look)).toContain(told);
  const failed = { ...calibration, passed: 8, byteError: 0.5 };
  expect(calibrationOf({ ...report, calibration: failed })).toEqual([
    'calibrated 2 days ago on this machine: latency 1.00, bytes 0.50 a message off, 2 of 10 checks failed',
  ]);
  expect(calibrationOf({ ...report, calibration: null, calibrationMissing: null })).toEqual([]);
});
