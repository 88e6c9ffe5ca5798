import { describe, expect, it } from 'vitest';
import { checkBaseline, judged } from '../../src/gates/index.ts';
import type { Gate, Report, Round } from '../../src/measurements.ts';
import { flagged, type SampleOptions, sampleReport } from '../report/sample.ts';

const before = sampleReport();
const against = (report: Report, baseline = before, margin: number | null = null) =>
  judged(report, { thresholds: [], against: { file: 'main.json', report: baseline, margin } });
const failed = ({ gates }: Report) => gates.filter(({ passed }) => !passed).map(({ rule }) => rule);

/** Another run, in which one transport is otherwise. */
const otherwise = (transport: string, change: (round: Round) => Round, options: SampleOptions = {}) =>
  sampleReport({
    seed: 9,
    change: (round) => (round.transport === transport ? change(round) : round),
    ...options,
  });
const cpu = (times: number) => (round: Round) => {
  const { server } = round;
  return {
    ...round,
    server: { ...server, cpuUserUs: server.cpuUserUs * times, cpuSystemUs: server.cpuSystemUs * times },
  };
};
const bytes = (times: number) => (round: Round) => ({
  ...round,
  bytes: { ...round.bytes, appDown: round.bytes.appDown * times },
});

describe('held against a baseline', () => {
  it('chance is no regression, and what would have shown is said', () => {
    const report = against(sampleReport({ seed: 9 }));
    expect(failed(report)).toEqual([]);
    expect(new Set(report.gates.map(({ transport }) => transport)).size).toBe(5);
    expect(report.baseline).toMatchObject({ file: 'main.json', startedAt: before.startedAt });
    expect(report.baseline?.notes.join(' ')).toMatch(/changes from [\d.]+% \(latency p50/);
  });

  it('times may be worse by their margin, bytes by next to nothing', () => {
    expect(failed(against(otherwise('websocket', cpu(1.1))))).toEqual([]);
    expect(failed(against(otherwise('websocket', cpu(1.3))))).toEqual([
      'websocket: server CPU per message at most 15% above the baseline',
    ]);
    expect(failed(against(otherwise('websocket', cpu(1.3)), before, 0.5))).toEqual([]);
    expect(failed(against(otherwise('longpoll', bytes(1.005))))).toEqual([]);
    const [gate] = against(otherwise('longpoll', bytes(1.03))).gates.filter(({ passed }) => !passed);
    expect(gate).toMatchObject({
      kind: 'baseline',
      transport: 'longpoll',
      limit: 1.01,
      place: '--baseline main.json',
    });
    expect(gate?.found).toMatch(/^300 → 307 B, ×1\.02.*: worse$/);
  });

  it('what is delivered may not become less', () => {
    const less = (round: Round) => ({
      ...round,
      delivery: { ...round.delivery, delivered: Math.round(round.delivery.expected * 0.97) },
    });
    expect(
      failed(against(otherwise('sse', less, { transports: ['sse'] }), sampleReport({ transports: ['sse'] }))),
    ).toEqual(['sse: delivered at most 1% below the baseline']);
  });

  it('what was none and is some is worse; what is better is told', () => {
    const asking = (round: Round) => ({ ...round, requests: 100 });
    const report = against(otherwise('websocket', asking));
    const [gate] = report.gates.filter(({ passed }) => !passed);
    expect(gate).toMatchObject({
      value: null,
      rule: 'websocket: requests per message at most 1% above the baseline',
    });
    expect(gate?.found).toMatch(/^0 → 0\.0\d+: worse$/);
    const better = against(before, otherwise('longpoll', bytes(1.03)));
    expect(failed(better)).toEqual([]);
    expect(better.baseline?.notes.join(' ')).toContain('Better: longpoll: app bytes per message 307 → 300 B');
  });

  it.each([
    ['cpu', { cpu: 'Another' }, 'the CPU (AMD EPYC 7R13 Processor, now Another)'],
    ['cores', { cores: 64 }, 'the number of cores (2, now 64)'],
    ['node', { node: '26.0.1' }, 'the major version of Node (24, now 26)'],
    ['packages', { packages: { ws: '9.0.0' } }, 'ws (8.21.3, now 9.0.0)'],
  ])('on another machine times are told, and bytes are judged: %s', (_, machine, says) => {
    const slow = otherwise('websocket', (round) => bytes(1.1)(cpu(3)(round)), { machine });
    const report = against(slow);
    expect(failed(report)).toEqual(['websocket: app bytes per message at most 1% above the baseline']);
    const notes = report.baseline?.notes.join(' ');
    expect(notes).toContain(says);
    expect(notes).toMatch(/Not judged: websocket: server CPU per message [\d,]+ → [\d,]+ µY, ×3\.\d/);
  });

  it('with too few rounds for an interval times are told, and bytes have a wider margin', () => {
    const few = (seed: number, times: number) =>
      otherwise('websocket', (round) => bytes(times)(cpu(2)(round)), { seed, rounds: 2 });
    expect(failed(against(few(3, 1.03)))).toEqual([]);
    const report = against(few(3, 1.1));
    expect(failed(report)).toEqual(['websocket: app bytes per message at most 5% above the baseline']);
    expect(report.baseline?.notes.join(' ')).toContain('fewer than 3 valid rounds');
  });

  it('a transport without a valid round fails; one that the baseline lacks is told', () => {
    const invalid = (round: Round) => flagged(round, { code: 'messages-lost', message: '', fatal: true });
    const gates: readonly Gate[] = against(
      otherwise('sse', invalid, { transports: ['sse'] }),
      sampleReport({ transports: ['sse'] }),
    ).gates;
    expect(gates).toHaveLength(1);
    expect(gates[0]).toMatchObject({ passed: false, value: null, found: 'none of its 5 rounds is valid' });
    const more = against(sampleReport({ transports: ['sse', 'websocket'] }));
    expect(more.baseline?.notes).toContain('The baseline has no valid round of sse: not judged.');
    expect(more.gates.some(({ transport }) => transport === 'sse')).toBe(false);
  });
});

describe('a baseline is refused', () => {
  const check =
    (report: Report, transports = ['websocket'], scenario = before.scenario) =>
    () =>
      checkBaseline({ file: 'main.json', report }, transports, scenario);
  const other = (scenario: NonNullable<SampleOptions['scenario']>) => sampleReport({ scenario });

  it.each([
    [other({ clients: 100 }), 'main.json differs in clients (100, 200)'],
    [other({ application: 'echo', rttMs: 50 }), 'differs in application (echo, broadcast) and rttMs (50, 0)'],
    [sampleReport({ rounds: 0 }), 'has no valid round'],
    [sampleReport({ transports: ['sse'] }), 'has sse and not websocket'],
  ])('with the reason', (report, says) => {
    expect(check(report)).toThrow(says);
  });

  it('also for what only its application reads, and not for what another would', () => {
    const chat = { ...before.scenario, application: 'chat' as const };
    expect(check(sampleReport({ scenario: { ...chat, roomSize: 50 } }), ['websocket'], chat)).toThrow(
      'roomSize (50, 5)',
    );
    expect(check(other({ roomSize: 50 }))).not.toThrow();
  });

  it('not for options of transports that are not held against it, nor for how long and often it was measured', () => {
    expect(
      check(other({ transports: { longpoll: { holdMs: 1 } }, durationMs: 9, rounds: 3, seed: 4 })),
    ).not.toThrow();
    expect(check(other({ transports: { websocket: { heartbeatMs: 1 } } }))).toThrow('differs in transports');
  });
});
