import { stripVTControlCharacters } from 'node:util';
import { Chalk } from 'chalk';
import { expect, test } from 'vitest';
import { adviceOf } from '../../src/advise/index.ts';
import type { Around } from '../../src/advise/plan.ts';
import type { Advice } from '../../src/measurements/advice.ts';
import type { Round } from '../../src/measurements.ts';
import { adviceFormats } from '../../src/report/index.ts';
import { sampleReport } from '../report/sample.ts';
import { costing } from '../sweep/sample.ts';

const TRANSPORTS = ['polling', 'websocket', 'socketio'];
const SMALL = { transports: TRANSPORTS, rounds: 3, scenario: { clients: 20, durationMs: 500 } };
const report = sampleReport(SMALL);
const AROUND: Around = {
  vary: { field: 'ratePerSecond', option: 'rate', values: [5, 20, 80], names: null },
  own: { ratePerSecond: 20 },
  points: [80, 5].map((rate) => {
    return { values: { ratePerSecond: rate }, point: `rate ${rate}`, scenario: report.scenario };
  }),
  rounds: 12,
  expectedMs: 1000,
};

/** An advice of made-up rounds, each changed as its rate asks. */
function adviceFrom(change: (round: Round, rate: number) => Round, around: Around | null = AROUND): Advice {
  const at = (rate: number) => report.rounds.map((round) => change(round, rate));
  const { scenario, machine } = report;
  const plan = {
    command: [],
    transports: TRANSPORTS,
    isolate: 'off' as const,
    scenario,
    adjusted: [],
    around,
  };
  return adviceOf(plan, at(20), around === null ? [] : [at(80), at(5)], {
    rtbench: report.rtbench,
    startedAt: report.startedAt,
    finishedAt: report.finishedAt,
    interrupted: false,
    failure: null,
    command: ['advise', '--scenario', 'chat'],
    machine,
    calibration: null,
    calibrationMissing: null,
    scenario,
  });
}

const look = (columns: number) => ({ columns, chalk: new Chalk({ level: 0 }) });

test('the answer names the first, what was weighed, and how far the next is', () => {
  const advice = adviceFrom((round) => round);
  expect(advice.answer.transports).toEqual(['websocket']);
  expect(advice.answer.text).toMatch(
    /^Take WebSocket: first with latency, server CPU, bytes and memory weighed alike\. Next is socket\.io, 1\.\d\d? times as dear over all\.$/,
  );
  expect(advice.ranking.map(({ place, resumes }) => [place, resumes])).toEqual([
    [1, false],
    [2, false],
    [3, true],
  ]);
  expect(advice.ranking[0]?.reasons.at(-1)).toBe('what is sent while a client is cut off is lost to it');
  expect(advice.ranking[2]?.reasons[0]).toMatch(/^latency p50 \d+ ms \(×\d+\)$/);
  expect(advice.flips.text[0]).toMatch(/^If nothing may be missed .*: polling resumes by itself/);
});

test('what cannot be told apart is recommended together', () => {
  const advice = adviceFrom((round) => (round.transport === 'socketio' ? likeWebsocket(round) : round));
  expect(new Set(advice.answer.transports)).toEqual(new Set(['websocket', 'socketio']));
  expect(advice.answer.text).toContain('indistinguishable here');
});

test('where the answer turns around the own point is told in words, with its bracket', () => {
  // Against WebSocket's 10 µs: four times dearer at 5 a second, dearer at 20, far cheaper at 80.
  const advice = adviceFrom((round, rate) => {
    if (round.transport === 'websocket') return costing(round, 10);
    if (round.transport === 'polling') return costing(round, 1e6);
    return costing(likeWebsocket(round), rate === 80 ? 0.1 : 40);
  });
  expect(advice.answer.transports).toEqual(['websocket']);
  const overall = advice.flips.crossovers.find(({ metric }) => metric === 'overall');
  expect(overall?.steps.map(({ value, verdict }) => [value, verdict])).toEqual([
    [5, 'lower'],
    [20, 'lower'],
    [80, 'higher'],
  ]);
  expect(advice.flips.text.join('\n')).toMatch(
    /^WebSocket is better than socket\.io below about [2-7]\d msg\/s per client here \(all criteria together; it turns between 20 msg\/s and 80 msg\/s\)\.$/m,
  );
});

test('an answer that holds around the own point is said to hold', () => {
  const text = adviceFrom((round) => round).flips.text.join('\n');
  expect(text).toContain(
    'Between 5 msg/s and 80 msg/s the answer holds: WebSocket stays ahead of socket.io.',
  );
});

test('without valid rounds there is no recommendation, and every transport is said to have no place', () => {
  const advice = adviceFrom((round) => ({ ...round, valid: round.round === 1 }));
  expect(advice).toMatchObject({ ranking: [], answer: { transports: [] }, flips: { points: [], text: [] } });
  expect(advice.answer.text).toMatch(/^No recommendation: fewer than 3 rounds/);
  expect(advice.unranked).toHaveLength(3);
  expect(advice.unranked[0]?.why).toBe('1 of 3 rounds are valid, and a place takes 3');
});

test('one valid transport alone is no recommendation either', () => {
  const advice = adviceFrom((round) => ({ ...round, valid: round.transport === 'polling' }));
  expect(advice.answer).toEqual({
    transports: [],
    text: 'No recommendation: only polling has 3 valid rounds, so there is nothing to compare it with.',
  });
});

test.each([80, 100, 140])('the page has room at %i columns and says all of it', (columns) => {
  const advice = adviceFrom((round) => round);
  const page = adviceFormats.table(advice, { columns, chalk: new Chalk({ level: 1 }) });
  const plain = stripVTControlCharacters(page);
  expect(Math.max(...plain.split('\n').map((line) => [...line].length))).toBeLessThanOrEqual(columns);
  expect(plain).toMatch(/^ +1 +websocket +1 +/m);
  expect(plain).toContain('Take WebSocket');
  expect(plain).toContain('When the answer would be another:');
});

test('where nothing was looked for around the point, the page names the sweep that does', () => {
  const page = adviceFormats.table(
    adviceFrom((round) => round, null),
    look(300),
  );
  expect(page).toContain('`rtbench sweep --scenario chat --vary rate=5,20,80` does.');
});

test('files hold the ranking', () => {
  const advice = adviceFrom((round) => round);
  expect(JSON.parse(adviceFormats.json(advice, look(80)))).toEqual(JSON.parse(JSON.stringify(advice)));
  expect(adviceFormats.csv(advice, look(80)).trimEnd().split('\r\n')).toHaveLength(1 + 3 * 4);
  expect(adviceFormats.markdown(advice, look(80))).toMatch(/^\| 1 +\| websocket \| 1 +\|/m);
  expect(adviceFormats.ndjson(advice, look(80))).toMatch(/^\{"type":"answer",/m);
});

/** The same figures as WebSocket's but for what the CPU does. */
function likeWebsocket(round: Round): Round {
  const like = report.rounds.find((other) => other.transport === 'websocket' && other.round === round.round);
  return { ...(like ?? round), transport: round.transport };
}
