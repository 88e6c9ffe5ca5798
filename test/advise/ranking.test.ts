import { expect, test } from 'vitest';
import { criteriaOf, rank, rankable } from '../../src/advise/ranking.ts';
import type { Round } from '../../src/measurements.ts';
import { sampleReport } from '../report/sample.ts';
import { costing } from '../sweep/sample.ts';

const SMALL = { scenario: { clients: 20, durationMs: 500 }, rounds: 4 };

/** Rounds that are all alike but for what is set here; a little noise by block. */
function roundsOf(us: Readonly<Record<string, number>>, change = (round: Round) => round): Round[] {
  const transports = Object.keys(us);
  const [like] = sampleReport({ ...SMALL, transports: ['websocket'], rounds: 1 }).rounds;
  if (like === undefined) throw new Error('the sample has a round');
  return [1, 2, 3, 4].flatMap((block) =>
    transports.map((transport, index) => {
      const noise = 1 + ((block * 7 + index * 3) % 5) / 100;
      return change(costing({ ...like, transport, round: block }, (us[transport] ?? 0) * noise));
    }),
  );
}

function placesOf(rounds: readonly Round[], names: readonly string[]) {
  return rank(rounds, names, criteriaOf(rounds, names)).map(({ place, transport }) => [place, transport]);
}

test('the cheapest comes first, and what is as cheap shares its place', () => {
  const names = ['polling', 'streaming', 'websocket', 'socketio'];
  const rounds = roundsOf({ polling: 300, streaming: 101, websocket: 100, socketio: 400 });
  expect(placesOf(rounds, names)).toEqual([
    [1, 'websocket'],
    [1, 'streaming'],
    [3, 'polling'],
    [4, 'socketio'],
  ]);
});

test('whoever scatters too much to be told from the best shares its place, also past one that does not', () => {
  const names = ['longpoll', 'streaming', 'websocket'];
  const wild = [1, 40, 2, 30];
  const rounds = roundsOf({ longpoll: 300, streaming: 100, websocket: 100 }, (round) =>
    round.transport === 'streaming' ? costing(round, 100 * (wild[round.round - 1] ?? 1)) : round,
  );
  const found = rank(rounds, names, criteriaOf(rounds, names));
  expect(found.map(({ place, transport }) => [place, transport])).toEqual([
    [1, 'websocket'],
    [1, 'streaming'],
    [3, 'longpoll'],
  ]);
  expect(found[1]?.overall?.verdict).toBe('indistinguishable');
  expect(found[1]?.overall?.ratio).toBeGreaterThan(found[2]?.overall?.ratio ?? 9);
});

test('all criteria weigh the same: the overall ratio is the geometric mean of theirs', () => {
  const names = ['sse', 'websocket'];
  const rounds = roundsOf({ sse: 160, websocket: 10 }).map((round) =>
    costing(round, round.transport === 'sse' ? 160 : 10),
  );
  const criteria = criteriaOf(rounds, names);
  expect(criteria.map(({ name }) => name)).toEqual(['latency', 'server CPU', 'bytes', 'memory']);
  const [first, second] = rank(rounds, names, criteria);
  expect(first).toMatchObject({ transport: 'websocket', overall: null });
  expect(second?.overall?.ratio).toBeCloseTo(16 ** (1 / 4), 6);
  expect(second?.criteria.map(({ isBest }) => isBest)).toEqual([true, false, true, true]);
});

test('invalid rounds do not count, and with fewer than three valid ones there is no place', () => {
  const rounds = roundsOf({ sse: 10, websocket: 100, polling: 50 }, (round) => {
    if (round.transport === 'sse') return { ...round, valid: round.round <= 2 };
    // Were this round to count, polling would come last.
    return round.transport === 'polling' && round.round === 1
      ? { ...costing(round, 1e9), valid: false }
      : round;
  });
  const able = rankable(rounds, ['sse', 'websocket', 'polling']);
  expect(able).toEqual(['websocket', 'polling']);
  expect(placesOf(rounds, able)).toEqual([
    [1, 'polling'],
    [2, 'websocket'],
  ]);
});

test('what cannot be told in every round is no criterion', () => {
  const silent = roundsOf({ sse: 10, websocket: 20 }, (round) => ({
    ...round,
    delivery: { ...round.delivery, arrivedInWindow: 0 },
    latency: { ...round.latency, p50Ms: null },
  }));
  expect(criteriaOf(silent, ['sse', 'websocket'])).toEqual([
    { name: 'server CPU', metric: 'serverCpuPerClientMinuteMs' },
    { name: 'bytes', metric: 'appBytesPerClientMinute' },
    { name: 'memory', metric: 'memoryPerClientBytes' },
  ]);
  expect(criteriaOf([], [])).toEqual([]);
  expect(rank([], [], [])).toEqual([]);
});
