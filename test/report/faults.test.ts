import { stripVTControlCharacters } from 'node:util';
import { Chalk } from 'chalk';
import { describe, expect, it } from 'vitest';
import type { Report, Round } from '../../src/measurements.ts';
import { formats, readReport } from '../../src/report/index.ts';
import { ALL_TRANSPORTS, FAULTS, faultyReport, NOBODY, STEADY } from './faulty.ts';
import { flagged, HOSTILE, hostileReport } from './sample.ts';

const plain = (columns: number) => ({ columns, chalk: new Chalk({ level: 0 }) });
const show = (report: Report, columns = 100) => formats.table(report, plain(columns));
const wordsOf = (report: Report) => show(report, 400).replace(/\s+/g, ' ');
const SILENT = {
  ...STEADY,
  application: 'idle' as const,
  ratePerSecond: 0,
  durationMs: 30_000,
  faults: [{ fault: 'link-hole' as const, atMs: 24_000, forMs: 6000, node: 1 }],
};
const hostile = () => {
  const { faults, series } = faultyReport({ transports: ['websocket'] }).rounds[0] ?? {};
  const report = hostileReport({ rounds: 1 });
  const rounds = report.rounds.map((round) => ({ ...round, faults: faults ?? [], series: series ?? null }));
  return { ...report, scenario: { ...report.scenario, faults: FAULTS }, rounds };
};
/** The same with the first fault's result changed, for one transport. */
const changing = (name: string, change: Partial<Round['faults'][number]>) => (round: Round) => ({
  ...round,
  faults: round.faults.map((one, index) =>
    round.transport === name && index === 0 ? { ...one, ...change } : one,
  ),
});

const REPORTS: readonly (readonly [string, Report])[] = [
  ['all transports', faultyReport()],
  ['three', faultyReport({ transports: ['polling', 'websocket', 'socketio'], rounds: 3 })],
  ['one', faultyReport({ transports: ['websocket'] })],
  ['silence', faultyReport({ scenario: SILENT })],
  ['one in silence', faultyReport({ transports: ['sse'], scenario: SILENT })],
  ['nothing finished', faultyReport({ transports: [], rounds: 0, interrupted: true })],
  ['older rounds', faultyReport({ change: (round) => ({ ...round, faults: [], series: null }) })],
  ['hostile', hostile()],
];

describe.each(REPORTS)('faults with %s', (_, report) => {
  it.each([40, 60, 80, 100, 140])('keep every line within %i columns', (columns) => {
    for (const line of show(report, columns).split('\n'))
      expect([...line].length, line).toBeLessThanOrEqual(columns);
  });

  it('have the same words in colour, no escape sequence without, and figures only', () => {
    const text = show(report);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    expect(text).not.toMatch(/NaN|Infinity|undefined|null|\[object/);
    const coloured = formats.table(report, { columns: 100, chalk: new Chalk({ level: 1 }) });
    const words = (page: string) => page.replace(/[\s*]|bold/g, '');
    expect(words(stripVTControlCharacters(coloured))).toBe(words(text));
  });

  it('are read and printed again', () => {
    const again = readReport(formats.json(report, plain(100)));
    expect(show(again)).toBe(show(report));
  });

  it('are harmless in CSV and Markdown', () => {
    expect(formats.csv(report, plain(100))).not.toContain('\u001b');
    expect(formats.markdown(report, plain(100))).not.toContain('<script>');
  });
});

describe('fault × transport', () => {
  const report = faultyReport();
  const linesOf = (columns: number) => show(report, columns).split('\n');

  it.each([80, 100, 140])('is a table with every transport in every line, at %i columns', (columns) => {
    const lost = linesOf(columns).filter((line) => /lost, %/.test(line));
    expect(lost).toHaveLength(FAULTS.length);
    for (const line of lost)
      expect(line.split('lost, %')[1]?.trim().split(/\s+/)).toHaveLength(ALL_TRANSPORTS.length);
    for (const name of ALL_TRANSPORTS) expect(show(report, columns)).toContain(name);
  });

  it('tells the slowest client where there is room', () => {
    const recovered = (columns: number) =>
      linesOf(columns).find((line) => line.includes('recovered, s')) ?? '';
    expect(recovered(140)).toMatch(/\d–\d/);
    expect(recovered(100)).not.toMatch(/\d–\d/);
  });

  it('has no costs, which faults leave no sense in', () => {
    expect(show(report)).not.toMatch(/µs|per message|against websocket/);
    expect(show(faultyReport({ transports: ['websocket'] }))).not.toMatch(
      /µs a message marginal|Bytes for one/,
    );
  });

  it('says never where nobody noticed or heard again, and marks who only partly did', () => {
    const change = changing('websocket', { clientsNoticed: NOBODY, recovered: NOBODY, silentClients: 50 });
    const text = show(faultyReport({ transports: ['polling', 'websocket'], change }), 80);
    expect(text).toMatch(/server-kill +noticed, s .* never\n.*recovered, s .* never\n/);
    expect(text).toContain('and did not come back');
    const partly = changing('websocket', { silentClients: 7 });
    const marked = show(faultyReport({ transports: ['polling', 'websocket'], change: partly }));
    expect(marked).toMatch(/recovered, s .*\d…\n/);
    expect(marked).toContain('7 clients not at all');
  });

  it('tells of invalid rounds too, marked and without a verdict', () => {
    const change = (round: Round) =>
      round.transport === 'websocket'
        ? flagged(round, { code: 'noisy-host', message: 'others were busy', fatal: true })
        : round;
    const text = wordsOf(faultyReport({ transports: ['polling', 'websocket', 'sse'], change }));
    expect(text).toMatch(/polling websocket\? sse/);
    expect(text).toContain('? none of its rounds is valid, see the notes');
    expect(text).not.toContain('WebSocket lost');
    expect(text).not.toContain('so it has no figures');
  });

  it('says what each fault cost and what is left of the account', () => {
    const text = wordsOf(report);
    expect(text).toMatch(
      /After server-kill \S+( over \S+)? lost [\d.]+% and came back in \d+ ms; polling, long polling and SSE lost nothing\./,
    );
    expect(text).toMatch(/After link-slow nobody lost anything; .* heard again in/);
    expect(text).toContain('Polling, long polling and SSE mostly came back with what they had missed');
    expect(text).toMatch(/200,000 expected = [\d,]+ delivered \+ [\d,]+ lost/);
    const broken = faultyReport({
      change: (round) => ({ ...round, delivery: { ...round.delivery, lost: round.delivery.lost + 1 } }),
    });
    expect(wordsOf(broken)).toContain('Not every message is accounted for');
  });

  it('has a column for each figure of each fault in CSV', () => {
    const [head = '', first = ''] = formats.csv(report, plain(100)).split('\r\n');
    expect(head).toContain(',1.server-kill.lost,');
    expect(head).toContain(',5.storm.recoveredP99Ms,');
    expect(first.split(',')).toHaveLength(head.split(',').length);
  });
});

describe("one transport's page", () => {
  const text = show(faultyReport({ transports: ['websocket'] }));

  it('draws the window with each fault under the step in which it began', () => {
    const line = (label: string) => text.split('\n').find((one) => one.startsWith(label)) ?? '';
    const marks = line('faults');
    expect(marks.trim().replace(/[\s─]/g, '')).toBe('faultsabcde');
    const kill = marks.indexOf('a─');
    expect(line('arrived')[kill + 1]).toBe('·');
    expect(line('arrived')[kill - 1]).toBe('█');
    expect(line('lost')[kill + 1]).toBe('█');
    expect(line('sockets')[kill + 1]).toBe(' ');
    expect(line('connected')).toMatch(/ 50$/);
  });

  it('has a block for each fault with its own account', () => {
    expect(text).toContain('a  server-kill at 2 s for 2 s');
    expect(text).toMatch(/messages +5,000 expected = [\d,]+ delivered \+ [\d,]+ lost/);
    expect(text).toMatch(/noticed +clients 50 of 50, p50 .* · server –/);
    expect(text).toContain('50 as newcomers');
  });
});

describe('liveness', () => {
  it('stands what signs of life cost beside when they tell', () => {
    const change = changing('streaming', { serverNoticed: NOBODY });
    const report = faultyReport({ scenario: SILENT, change });
    const text = show(report, 120);
    expect(text).toMatch(/per client and minute +clients noticed +server noticed/);
    expect(text).toMatch(/streaming .* never +never\n/);
    expect(text).toContain('The server of streaming never noticed it.');
    expect(formats.markdown(report, plain(100))).toContain('| server noticed: max, s |');
  });
});

it('never lets a transport that is called like a formula or a tag through', () => {
  const text = formats.markdown(hostile(), plain(100)) + formats.csv(hostile(), plain(100));
  expect(text).not.toContain(HOSTILE);
});
