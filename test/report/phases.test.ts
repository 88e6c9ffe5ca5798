import { Chalk } from 'chalk';
import { expect, test } from 'vitest';
import type { Round } from '../../src/measurements.ts';
import { formats, readReport } from '../../src/report/index.ts';
import { PHASES, phasedReport, phasesOf } from './phased.ts';
import { HOSTILE, sampleReport } from './sample.ts';

const look = (columns: number) => ({ columns, chalk: new Chalk({ level: 0 }) });

const tableOf = (text: string) => text.slice(text.indexOf('phase ')).split('\n\n')[0]?.split('\n');

test('a run tells each phase in a line of its own, as the median of its rounds', () => {
  const text = formats.table(phasedReport({ transports: ['sse'] }), look(100));
  expect(text).toContain('16.4 msg/s on average in 3 phases');
  expect(tableOf(text)).toEqual([
    'phase                  p50  p99     CPU     CPU    app  requests',
    '                msg/s   ms   ms  µs/msg  % core  B/msg      /msg',
    'steady (1 s)       20  2.0   20      10     1.0     73      0.10',
    'ramp (500 ms)    1–50  3.0   20      10     2.0     73      0.10',
    'quiet (500 ms)      0  –      –       –     2.0      –      –',
  ]);
});

test('a comparison tells each phase with every transport', () => {
  const lines = tableOf(formats.table(phasedReport({ transports: ['sse', 'websocket'] }), look(100))) ?? [];
  expect(lines).toHaveLength(2 + 3 * 3);
  expect(lines[2]).toMatch(/^steady \(1 s\) +20$/);
  expect(lines[3]).toMatch(/^ {2}sse +2\.0 +20 +10/);
  expect(lines[7]).toMatch(/^ {2}websocket +3\.0 +20 +10/);
});

test.each([40, 60, 80, 140])(
  'nothing is wider than %i columns, whatever the phases are called',
  (columns) => {
    const names = [HOSTILE, 'x'.repeat(80)];
    const hostile = PHASES.slice(0, 2).map((phase, index) => ({ ...phase, name: names[index] ?? '' }));
    for (const transports of [['sse'], ['sse', 'socketio-websocket']]) {
      const text = formats.table(phasedReport({ transports }, hostile), look(columns));
      for (const line of text.split('\n')) expect([...line].length, line).toBeLessThanOrEqual(columns);
      expect(text).not.toContain('\u001b');
      expect(text).not.toContain('\u202e');
    }
  },
);

test('Markdown has a table of phases, and CSV their columns', () => {
  const report = phasedReport({ transports: ['sse', 'websocket'] });
  expect(formats.markdown(report, look(100))).toMatch(/^\| ramp \(500 ms\) +\| 1–50 +\| websocket +\|/m);
  const [head = '', first = ''] = formats.csv(report, look(100)).split('\r\n');
  const at = head.split(',').indexOf('ramp.latencyP50Ms');
  expect(at).toBeGreaterThan(0);
  expect(first.split(',')[at]).toBe('2');
  expect(first.split(',')[head.split(',').indexOf('quiet.latencyP50Ms')]).toBe('');
  const even = sampleReport();
  expect(formats.markdown(even, look(100))).not.toContain('phase');
  expect(formats.csv(even, look(100))).not.toContain('steady');
});

test('where no round is valid, no phase has figures', () => {
  const change = (round: Round) => ({ ...round, phases: phasesOf(round, PHASES), valid: false });
  const report = phasedReport({ transports: ['sse'], change });
  expect(formats.table(report, look(100))).not.toContain('steady');
  expect(formats.markdown(report, look(100))).not.toContain('steady');
});

test('the head says what single transports run with otherwise', () => {
  const transports = { longpoll: { holdMs: 10_000, longpollBatch: false }, polling: { pollIntervalMs: 250 } };
  const text = formats.table(sampleReport({ scenario: { transports } }), look(200));
  expect(text).toContain('longpoll with hold 10 s and batches off · polling with poll interval 250 ms');
  expect(text).toContain('Polling every 250 ms');
});

test('a phase whose histogram cannot be read is named', () => {
  const report = phasedReport({ transports: ['sse'], rounds: 1 });
  expect(readReport(JSON.stringify(report))).toEqual(report);
  const [round] = report.rounds;
  const broken = round?.phases.map((phase) => ({ ...phase, latency: { ...phase.latency, hdr: 'HIST' } }));
  const text = JSON.stringify({ ...report, rounds: [{ ...round, phases: broken }] });
  expect(() => readReport(text)).toThrow('rounds[0].phases[0].latency.hdr');
});
