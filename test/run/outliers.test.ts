import { expect, test } from 'vitest';
import type { Round } from '../../src/measurements.ts';
import { flagOutliers } from '../../src/run/judge/outliers.ts';
import { sampleReport } from '../report/sample.ts';

/** Six rounds of websocket and of polling; the p50 of the websocket's block `block` is `times` the others'. */
function roundsWith(block: number, times: number, rounds = 6): Round[] {
  const change = (round: Round): Round =>
    round.transport === 'websocket' && round.round === block
      ? { ...round, latency: { ...round.latency, p50Ms: (round.latency.p50Ms ?? 0) * times } }
      : round;
  return [...sampleReport({ transports: ['websocket', 'polling'], rounds, change }).rounds];
}

const flagged = (rounds: readonly Round[]) =>
  flagOutliers(rounds)
    .filter(({ flags }) => flags.some(({ code }) => code === 'outlier-round'))
    .map(({ transport, round }) => `${transport} ${round}`);

test.each([
  [3, 3, ['websocket 3']],
  [2, 0.2, ['websocket 2']],
  [3, 1.2, []],
  [3, 1, []],
])('with block %i at %d times the others, %j is flagged', (block, times, told) => {
  expect(flagged(roundsWith(block, times))).toEqual(told);
});

test('nothing is flagged where all rounds scatter as widely', () => {
  const paces = [0.6, 1.5, 0.8, 1.3, 1, 1.45];
  const change = (round: Round) => ({
    ...round,
    latency: { ...round.latency, p50Ms: paces[round.round - 1] ?? 1 },
  });
  expect(flagged(sampleReport({ transports: ['websocket'], rounds: 6, change }).rounds)).toEqual([]);
});

test('nothing is flagged of fewer than five rounds', () => {
  expect(flagged(roundsWith(3, 9, 4))).toEqual([]);
});

test('a flagged round keeps its figures, its validity and its place, and says what is odd about it', () => {
  const rounds = roundsWith(3, 3);
  const after = flagOutliers(rounds);
  expect(after.map(({ flags: _, ...round }) => round)).toEqual(rounds.map(({ flags: _, ...round }) => round));
  const [flag] = after.flatMap(({ flags }) => flags);
  expect(flag?.fatal).toBe(false);
  expect(flag?.message).toMatch(
    /^latency p50 was [\d.]+ ms, where the median of its transport is [\d.]+ ms$/,
  );
});
