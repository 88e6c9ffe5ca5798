import { expect, test } from 'vitest';
import type { Round } from '../../src/measurements.ts';
import { readReport } from '../../src/report/index.ts';
import { rtbench } from '../rtbench.ts';

const SMALL = ['--clients', '4', '--duration', '100ms', '--warmup', '0', '--rounds', 'auto'];

const validOf = (rounds: readonly Round[]) => rounds.filter(({ valid }) => valid).length;

test('--rounds auto ends with the fewest blocks where the metric does not scatter', async () => {
  const call = ['run', '--transport', 'ws', ...SMALL, '--precision-of', 'appBytesPerMessage', '--json'];
  const { code, stdout, stderr } = await rtbench(call);
  expect(code).toBe(0);
  const { rounds, scenario, precision } = readReport(stdout);
  // Three valid rounds are the least for an interval; a busy machine may spoil some.
  const enough = rounds.findIndex((_, index) => index >= 4 && validOf(rounds.slice(0, index + 1)) >= 3);
  expect(rounds).toHaveLength(enough + 1);
  expect(scenario.rounds).toBe(rounds.length);
  expect(precision).toEqual({ metric: 'appBytesPerMessage', wanted: 0.05, reached: 0, maxTimeMs: 180_000 });
  expect(stderr).toMatch(/^as many rounds as it takes, at most 3 min\n\[1\] websocket 1 · /);
  expect(stderr).toContain('±0% of ±5%');
}, 90_000);

test('--max-time ends it after a whole block, and the report says what was reached', async () => {
  const call = ['compare', '--transports', 'ws,sse', ...SMALL, '--precision', '0.1%', '--max-time', '6s'];
  const { code, stdout } = await rtbench([...call, '--json', '--quiet']);
  expect(code).toBe(0);
  const { rounds, scenario, precision } = readReport(stdout);
  expect(rounds.length).toBe(2 * scenario.rounds);
  expect(scenario.rounds).toBeGreaterThan(0);
  expect(precision?.reached ?? 1).toBeGreaterThan(0.001);
}, 90_000);
