import { describe, expect, it } from 'vitest';
import { reachedBy, standingOf } from '../../src/run/goal.ts';
import { sampleReport } from '../report/sample.ts';

const until = { metric: 'serverCpuPerMessageUs', precision: 0.05, maxTimeMs: 100_000 } as const;
const transports = ['sse', 'websocket'];
const rounds = sampleReport({ transports, rounds: 40 }).rounds;
const standing = (many: number, elapsedMs = many * 1000) =>
  standingOf(until, transports, rounds.slice(0, many), elapsedMs);

describe('a run that is to reach a precision', () => {
  it('goes on for five blocks, however narrow the interval is', () => {
    const easy = { ...until, precision: 1 };
    const isOver = (many: number) => standingOf(easy, transports, rounds.slice(0, many), many).isOver;
    expect([2, 4, 6, 8, 10].map(isOver)).toEqual([false, false, false, false, true]);
  });

  it('is over at the first whole block that is precise enough', () => {
    const first =
      Array.from({ length: 80 }, (_, index) => index + 1).find((many) => standing(many).isOver) ?? 0;
    expect(first % 2).toBe(0);
    expect(first).toBeGreaterThanOrEqual(10);
    expect(standing(first).precision.reached).toBeLessThanOrEqual(0.05);
    if (first > 10) expect(standing(first - 2).precision.reached).toBeGreaterThan(0.05);
  });

  it('is over before a block that the time does not allow, but never inside one', () => {
    expect(standing(4, 70_000).isOver).toBe(true);
    expect(standing(4, 60_000).isOver).toBe(false);
    expect(standing(3, 99_999).isOver).toBe(false);
  });

  it('does not go on where there is nothing to be precise about', () => {
    const wire = { ...until, metric: 'wireBytesPerMessage' } as const;
    expect(standingOf(wire, transports, rounds.slice(0, 8), 1000).isOver).toBe(false);
    expect(standingOf(wire, transports, rounds.slice(0, 10), 1000).isOver).toBe(true);
  });

  it('goes on where rounds were spoilt: the next may be valid', () => {
    const spoilt = rounds.slice(0, 10).map((round) => ({ ...round, valid: false }));
    expect(standingOf(until, transports, spoilt, 1000).isOver).toBe(false);
  });

  it('expects less time the nearer it is, and none below zero', () => {
    expect(standing(2).remainingMs).toBeLessThanOrEqual(until.maxTimeMs);
    expect(standing(4, 200_000).remainingMs).toBe(0);
  });
});

it('the report says what was wanted and reached, also of one transport alone', () => {
  const plan = { command: [], isolate: 'off' as const, transports, scenario: sampleReport().scenario, until };
  expect(reachedBy(plan, rounds)).toMatchObject({ wanted: 0.05, metric: until.metric, maxTimeMs: 100_000 });
  expect(reachedBy(plan, rounds)?.reached).toBeGreaterThan(0);
  expect(reachedBy(plan, rounds.slice(0, 2))?.reached).toBeNull();
  expect(reachedBy({ ...plan, until: null }, rounds)).toBeNull();
  const own = rounds.filter(({ transport }) => transport === 'sse');
  expect(reachedBy({ ...plan, transports: ['sse'] }, own)?.reached).toBeGreaterThan(0);
});
