import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { PhaseResult, Round } from '../../src/measurements.ts';
import { readReport } from '../../src/report/index.ts';
import { rtbench } from '../rtbench.ts';

const folder = mkdtempSync(join(tmpdir(), 'rtbench-phases-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function roundOf(...args: readonly string[]): Promise<Round> {
  const usual = ['--rounds', '1', '--clients', '6', '--warmup', '0', '--isolate', 'off', '--quiet', '--json'];
  const { stdout, stderr } = await rtbench(['run', ...usual, ...args]);
  const [round] = readReport(stdout).rounds;
  if (round === undefined) throw new Error(`no round: ${stderr}`);
  return round;
}
const countsOf = ({ name, published, expected, delivered, lost }: PhaseResult) => [
  name,
  published,
  expected,
  delivered,
  lost,
];
const sumOf = (phases: readonly PhaseResult[], of: (phase: PhaseResult) => number) =>
  phases.reduce((sum, phase) => sum + of(phase), 0);

const PHASES = 'steady 300ms 20, burst 200ms 200, ramp 300ms 0..20, quiet 100ms 0';

test('each phase of a broadcast has its own messages, latency, bytes and CPU', async () => {
  const { phases, ...round } = await roundOf('--transport', 'ws', '--phases', PHASES);
  expect(phases.map(countsOf)).toEqual([
    ['steady', 6, 36, 36, 0],
    ['burst', 40, 240, 240, 0],
    ['ramp', 3, 18, 18, 0],
    ['quiet', 0, 0, 0, 0],
  ]);
  expect(phases.map(({ fromMs, toMs }) => [fromMs, toMs])).toEqual([
    [0, 300],
    [300, 500],
    [500, 800],
    [800, 900],
  ]);
  expect(round).toMatchObject({ windowMs: 900, model: null, delivery: { published: 49, lost: 0 } });
  expect(phases.map(({ latency }) => latency.samples)).toEqual([36, 240, 18, 0]);
  expect(sumOf(phases, ({ arrived }) => arrived)).toBe(round.delivery.arrivedInWindow);
  expect(sumOf(phases, ({ appDown }) => appDown)).toBe(round.bytes.appDown);
  const { cpuUserUs, cpuSystemUs } = round.server;
  expect(sumOf(phases, ({ serverCpuUs }) => serverCpuUs)).toBe(cpuUserUs + cpuSystemUs);
});

test('where clients speak, each of them has the rate of the phase', async () => {
  const { phases, delivery } = await roundOf(
    ...['--transport', 'sse', '--scenario', 'echo'],
    ...['--phases', 'calm 300ms 10, busy 200ms 100, quiet 100ms 0'],
  );
  expect(phases.map(countsOf)).toEqual([
    ['calm', 18, 18, 18, 0],
    ['busy', 120, 120, 120, 0],
    ['quiet', 0, 0, 0, 0],
  ]);
  expect(delivery.expected).toBe(138);
});

test('what clients missed because they were cut off is lost in no phase', async () => {
  const { phases, delivery, churn } = await roundOf(
    ...['--transport', 'ws', '--scenario', 'churn', '--churn', '0%', '--storm', '50%'],
    ...['--phases', 'calm 300ms 20, busy 300ms 400'],
  );
  expect(churn?.cuts).toBe(3);
  expect(phases.map(({ name, published, lost }) => [name, published, lost])).toEqual([
    ['calm', 6, 0],
    ['busy', 120, 0],
  ]);
  expect(sumOf(phases, ({ expected }) => expected)).toBe(delivery.expected);
  expect(sumOf(phases, ({ delivered }) => delivered)).toBe(delivery.delivered);
});

test('a transport runs with its own options', async () => {
  const file = join(folder, 'mine.yaml');
  writeFileSync(
    file,
    'extends: broadcast\nduration: 500ms\npoll-interval: 30s\ntransports: { polling: { poll-interval: 20ms } }\n',
  );
  const { requests, delivery } = await roundOf('--transport', 'polling', '--scenario', file);
  // Six clients could ask 150 times; with 30 seconds they would not ask six times.
  expect(requests).toBeGreaterThan(20);
  expect(delivery.lost).toBe(0);
});
