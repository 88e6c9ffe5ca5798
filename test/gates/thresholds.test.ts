import { expect, it } from 'vitest';
import { judged } from '../../src/gates/index.ts';
import type { FlagCode, Report, Round } from '../../src/measurements.ts';
import { readThreshold } from '../../src/plan/thresholds/read.ts';
import { compareMetric } from '../../src/stats/index.ts';
import { flagged, sampleReport } from '../report/sample.ts';

const gatesOf = (report: Report, ...texts: string[]) =>
  judged(report, { thresholds: texts.map((text) => readThreshold(text, '--fail-if')), against: null }).gates;

const report = sampleReport({ transports: ['longpoll', 'websocket'] });
const median = report.summaries[1]?.metrics.latencyP99Ms?.median ?? 0;

it.each([
  [`ws.latencyP99Ms>${median}`, true],
  [`ws.latencyP99Ms>=${median}`, false],
  [`ws.latencyP99Ms<${median}`, true],
  [`ws.latencyP99Ms<=${median}`, false],
  [`ws.latencyP99Ms==${median}`, false],
  [`ws.latencyP99Ms!=${median}`, true],
])('%s passes: %s', (text, passed) => {
  const [gate] = gatesOf(report, text);
  expect(gate).toMatchObject({ kind: 'threshold', place: '--fail-if', transport: 'websocket' });
  expect(gate).toMatchObject({ value: median, limit: median, passed });
  expect(gate?.found).toMatch(/^[\d.]+ ms \([\d.]+–[\d.]+\), the median of 5 valid rounds$/);
});

it('counts are summed over all rounds, figures are of the valid ones', () => {
  const change = (round: Round) =>
    round.round === 2
      ? flagged(
          { ...round, delivery: { ...round.delivery, lost: 7 } },
          { code: 'messages-lost', message: '', fatal: true },
        )
      : round;
  const spoilt = sampleReport({ transports: ['websocket'], change });
  const gates = gatesOf(spoilt, 'ws.lost>6', 'ws.invalidRounds>1', 'ws.lostRatio>0', 'ws.expected>1');
  expect(gates.map(({ value, passed }) => [value, passed])).toEqual([
    [7, false],
    [1, true],
    [0, true],
    [40_000, false],
  ]);
  expect(gates[2]?.found).toContain('of 4 valid rounds of 5');
});

it('a ratio of one metric is formed inside blocks, as tables show it; any other is that of the medians', () => {
  const [paired, tail, zero] = gatesOf(
    report,
    'longpoll.serverCpuPerMessageUs/ws.serverCpuPerMessageUs>1',
    'ws.latencyP99Ms/ws.latencyP50Ms>1',
    'longpoll.requestsPerMessage/ws.requestsPerMessage>1',
  );
  const compared = compareMetric(report.rounds, 'serverCpuPerMessageUs', 'longpoll', 'websocket');
  expect(paired).toMatchObject({ value: compared?.ratio, passed: false, transport: null });
  const { latencyP50Ms } = report.summaries[1]?.metrics ?? {};
  expect(tail).toMatchObject({ value: median / (latencyP50Ms?.median ?? 0), transport: 'websocket' });
  expect(zero).toMatchObject({
    value: null,
    passed: false,
    found: 'no figure, since websocket.requestsPerMessage is 0',
  });
});

it('what cannot be had fails with the reason', () => {
  const invalid = (round: Round) => flagged(round, { code: 'noisy-host', message: '', fatal: true });
  const without = sampleReport({ transports: ['websocket'], rounds: 2, change: invalid });
  const unfinished: Report = { ...without, rounds: [] };
  const found = [
    ...gatesOf(without, 'ws.latencyP50Ms>0.001'),
    ...gatesOf(unfinished, 'ws.lost>0'),
    ...gatesOf(report, 'ws.reconnectP99Ms>0', 'ws.wireBytesPerMessage>0'),
  ];
  expect(found.every(({ passed, value }) => !passed && value === null)).toBe(true);
  expect(found.map(({ found }) => found)).toEqual([
    'no figure, since all 2 rounds are invalid',
    'no figure, since no round of it was finished',
    'no figure, since no valid round has enough samples for it, or none at all',
    'no figure, since no valid round can tell it',
  ]);
});

it('a time that only disturbed rounds tell passes where it is within its limit', () => {
  const made = (code: FlagCode) => {
    const change = (round: Round) => flagged(round, { code, message: '', fatal: true });
    return sampleReport({ transports: ['websocket'], rounds: 1, change });
  };
  const [passed] = gatesOf(made('noisy-host'), 'ws.latencyP50Ms>1000');
  expect(passed).toMatchObject({ passed: true });
  expect(passed?.found).toMatch(/in 1 round, all invalid \(noisy-host\), which can only have added to it$/);
  // Who lost the late ones has the quick ones left; bytes and shares are not made larger by noise.
  const refused = [
    ...gatesOf(made('messages-lost'), 'ws.latencyP50Ms>1000'),
    ...gatesOf(made('noisy-host'), 'ws.latencyP50Ms<0.001', 'ws.appBytesPerMessage>1000'),
  ];
  expect(refused.map(({ passed, value }) => [passed, value])).toEqual(Array(3).fill([false, null]));
});

it('phases have figures of their own', () => {
  const phase = { name: 'goal', durationMs: 500, fromPerSecond: 20, toPerSecond: 20 };
  const change = (round: Round): Round => {
    const { latency } = round;
    const costs = { arrived: 50, serverCpuUs: 5000, appUp: 0, appDown: 5000, wire: null, requests: 0 };
    const counts = { published: 10, expected: 50, delivered: 48, conflated: 0, lost: round.round };
    return { ...round, phases: [{ name: 'goal', fromMs: 0, toMs: 500, latency, ...costs, ...counts }] };
  };
  const phased = sampleReport({
    transports: ['websocket'],
    rounds: 3,
    scenario: { phases: [phase] },
    change,
  });
  const gates = gatesOf(
    phased,
    'ws.goal.lost>5',
    'ws.goal.serverCpuPerMessageUs>100',
    'ws.goal.wireBytesPerMessage>0',
  );
  expect(gates.map(({ value, passed }) => [value, passed])).toEqual([
    [6, false],
    [100, true],
    [null, false],
  ]);
});

it('a figure that is hardly beyond its limit is told with enough digits', () => {
  const [gate] = gatesOf(report, `ws.latencyP99Ms>${median - 1e-6}`);
  expect(Number(gate?.found.split(' ')[0])).toBeGreaterThan(median - 1e-6);
});

it('asked again, thresholds take the place of the earlier ones and leave the rest', () => {
  const first = { ...report, gates: gatesOf(report, 'ws.lost>0', 'ws.expected>0') };
  const baseline = { ...first.gates[0], kind: 'baseline' } as const;
  const kept = { ...first, gates: [...first.gates, { ...baseline }] } as Report;
  expect(gatesOf(kept, '*.lost>0').map(({ rule }) => rule)).toEqual([
    'longpoll.lost > 0',
    'websocket.lost > 0',
    'websocket.lost > 0',
  ]);
  expect(gatesOf(kept)).toEqual(kept.gates);
});
