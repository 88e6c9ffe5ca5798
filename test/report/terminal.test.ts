import { stripVTControlCharacters } from 'node:util';
import { Chalk } from 'chalk';
import { describe, expect, it } from 'vitest';
import type { Flag, Report, Round } from '../../src/measurements.ts';
import { cpuUnits, formats } from '../../src/report/index.ts';
import { FAMILIES, flagged, hostileReport, sampleReport } from './sample.ts';

const plain = (columns: number) => ({ columns, chalk: new Chalk({ level: 0 }) });
const coloured = (columns: number) => ({ columns, chalk: new Chalk({ level: 1 }) });
const show = (report: Report, columns = 100) => formats.table(report, plain(columns));
const lineOf = (text: string, start: string) => text.split('\n').find((line) => line.startsWith(start)) ?? '';

const noisy: Flag = { code: 'noisy-host', message: 'other programs used 34% of a core', fatal: false };
const lost: Flag = { code: 'messages-lost', message: '12 of 8000 deliveries never arrived', fatal: true };
const flagWhere = (flag: Flag, where: (round: Round) => boolean) => ({
  change: (round: Round) => (where(round) ? flagged(round, flag) : round),
});

const ALL = [...FAMILIES, 'sse', 'socketio-websocket', 'socketio-polling'];
const REPORTS: readonly (readonly [string, Report])[] = [
  ['the families', sampleReport()],
  ['all transports', sampleReport({ transports: ALL })],
  ['two without websocket', sampleReport({ transports: ['streaming', 'sse'] })],
  ['two rounds', sampleReport({ rounds: 2 })],
  ['one run', sampleReport({ transports: ['longpoll'] })],
  ['one round of one', sampleReport({ transports: ['polling'], rounds: 1 })],
  ['flags', sampleReport(flagWhere(noisy, ({ round }) => round === 2))],
  ['one transport invalid', sampleReport(flagWhere(lost, ({ transport }) => transport === 'polling'))],
  ['all invalid', sampleReport(flagWhere(lost, () => true))],
  ['nothing finished', sampleReport({ transports: [], rounds: 0, interrupted: true })],
  ['hostile', hostileReport()],
  ['one hostile', hostileReport({ transports: ['websocket'] })],
];

describe.each(REPORTS)('the table of %s', (_, report) => {
  it.each([40, 60, 80, 100, 140])('keeps every line within %i columns', (columns) => {
    for (const line of show(report, columns).split('\n'))
      expect([...line].length, line).toBeLessThanOrEqual(columns);
  });

  it('has no escape sequence without colour, and the same words with it', () => {
    const text = show(report);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    const words = (page: string) => page.replace(/[\s*]|bold/g, '');
    expect(words(stripVTControlCharacters(formats.table(report, coloured(100))))).toBe(words(text));
  });

  it('is made of figures only', () => {
    expect(show(report)).not.toMatch(/NaN|Infinity|undefined|null|\[object/);
  });
});

it('shows foreign text without the sequences it was sent with', () => {
  const text = show(hostileReport());
  expect(text).toContain('script');
  expect(text).not.toMatch(/\[2J|owned/);
});

describe('the comparison', () => {
  const report = sampleReport();

  it('shows a row for each transport in the order of the summaries', () => {
    const names = show(report).match(/^(polling|longpoll|streaming|websocket|socketio)(?= )/gm);
    expect(names).toEqual(FAMILIES);
  });

  it('fits all that matters into 100 columns, intervals included', () => {
    const text = show(report);
    for (const head of [
      'p50',
      'p99',
      'lost',
      'app',
      'requests',
      'CPU',
      'memory',
      'against websocket',
      '95% interval',
    ]) {
      expect(text).toContain(head);
    }
    expect(lineOf(text, 'longpoll')).toMatch(/×1\.4 +▲ 1\.\d+–1\.\d+ +×\d\.\d +▲ \d\.\d–\d\.\d$/);
    expect(lineOf(text, 'streaming')).toMatch(/≈ +\d\.\d\d–\d\.\d\d/);
    expect(lineOf(text, 'websocket')).toMatch(/ 1 +1$/);
  });

  it('drops whole columns as room shrinks, the least important first', () => {
    const heads = [140, 100, 80, 60, 40].map((columns) =>
      lineOf(show(report, columns), 'transport').split(/\s+/),
    );
    const counts = heads.map(({ length }) => length);
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    expect(counts[0]).toBeGreaterThan(counts[4] ?? 0);
    for (const head of heads) expect(head).toContain('p50');
  });

  it('stands numbers on their decimal point', () => {
    const places = FAMILIES.map((name) => {
      const [whole = ''] = /^\S+\s+\d+/.exec(lineOf(show(report), name)) ?? [];
      return whole.length;
    });
    expect(new Set(places).size).toBe(1);
  });

  it('marks the best of a column, in bold or with a star', () => {
    expect(lineOf(show(report), 'websocket')).toMatch(/0\.95\*/);
    const bold = formats.table(report, coloured(100));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: bold is one
    expect(lineOf(bold, 'websocket')).toMatch(/\u001b\[1m *0\.95/);
    expect(stripVTControlCharacters(bold)).not.toContain('*');
  });

  it('tells a flag of many rounds once, with its count and what to do', () => {
    const text = show(sampleReport(flagWhere(noisy, ({ round }) => round === 2))).replace(/\s+/g, ' ');
    expect(text.match(/noisy-host/g)).toHaveLength(1);
    expect(text).toContain('noisy-host in 5 of 25 rounds');
    expect(text).toContain('other programs used 34% of a core. Close other programs');
  });

  it('tells a flag that made only some rounds invalid once', () => {
    const change = (round: Round) =>
      round.transport === 'sse' ? flagged(round, { ...noisy, fatal: round.round > 3 }) : round;
    const text = show(sampleReport({ transports: ['sse', 'websocket'], change })).replace(/\s+/g, ' ');
    expect(text.match(/noisy-host/g)).toHaveLength(1);
    expect(text).toContain('noisy-host in all 5 rounds of sse, 2 of them left out of figures and verdicts:');
  });

  it('tells who came in and what they hold where times alone are doubtful, and nothing where messages were lost', () => {
    const fatal = { ...noisy, fatal: true };
    const told = (flag: Flag) =>
      show(sampleReport({ transports: ['websocket'], rounds: 1, ...flagWhere(flag, () => true) }));
    expect(lineOf(told(fatal), 'Connect')).toMatch(/ all 200 within /);
    expect(lineOf(told(fatal), 'Memory')).toMatch(/ KB of heap a client/);
    expect(told(fatal)).not.toMatch(/^Server CPU/m);
    expect(told(lost)).toMatch(/^Delivery/m);
    expect(told(lost)).not.toMatch(/^(Connect|Memory)/m);
  });

  it('leaves invalid rounds out of figures and verdicts, and says so', () => {
    const change = (round: Round): Round => {
      if (round.transport !== 'longpoll' || round.round > 1) return round;
      const delivery = { ...round.delivery, delivered: round.delivery.delivered - 12, lost: 12 };
      return flagged({ ...round, delivery, latency: { ...round.latency, p50Ms: 9999 } }, lost);
    };
    const text = show(sampleReport({ change }));
    expect(text).not.toContain('9999');
    expect(text).toMatch(/messages-lost in 1 of 5 rounds of longpoll, left out of figures/);
    expect(lineOf(text, 'longpoll?')).toMatch(/ 0\.03 /);
  });

  it('shows a transport without a valid round as a row of dashes, with the reason', () => {
    const text = show(sampleReport(flagWhere(lost, ({ transport }) => transport === 'websocket')));
    expect(lineOf(text, 'websocket?')).toMatch(/^websocket\? +– +– /);
    expect(text).toContain('websocket: none of its 5 rounds is valid');
    expect(text).toContain('against polling');
  });

  it('claims no verdict from two rounds', () => {
    const text = show(sampleReport({ rounds: 2 }));
    expect(text).not.toMatch(/[▲▼≈]/);
    expect(text).toContain('Too few valid rounds to tell these transports apart');
  });

  it('says that it was interrupted', () => {
    expect(show(sampleReport({ interrupted: true }))).toContain('Interrupted: made from the 25 rounds');
  });

  it('shows no interval that reads as if it held what its verdict denies', () => {
    const comparisons = report.comparisons.map((found) =>
      found.transport === 'sse' || found.transport === 'streaming'
        ? { ...found, ratio: 1.03, low: 1.0004, high: 1.06, verdict: 'higher' as const }
        : found,
    );
    expect(lineOf(show({ ...report, comparisons }, 140), 'streaming')).toMatch(/×1\.03 +▲ >1–1\.06/);
  });

  it('says from what change on a difference would have shown, and in which unit CPU is', () => {
    const text = show(report).replace(/\s+/g, ' ');
    expect(text).toMatch(
      /≈ not told apart: changes from [\d.]+% \(latency\) and [\d.]+% \(CPU\) up would have shown in 8 of 10 tries/,
    );
    expect(text).toContain('the intervals of a column hold together at 95%');
    const yardsticks = formats.table(report, { ...plain(100), cpu: cpuUnits.yardstick });
    expect(yardsticks).toMatch(/ µY /);
    expect(yardsticks).toContain('µY a millionth of the yardstick');
  });

  it('names the verdicts that a rank test of the rounds does not share', () => {
    const comparisons = report.comparisons.map((found) =>
      found.transport === 'socketio' ? { ...found, verdict: 'higher' as const, mannWhitneyP: 0.4 } : found,
    );
    const text = show({ ...report, comparisons }).replace(/\s+/g, ' ');
    expect(text).toContain('seen only inside blocks (Mann–Whitney p over 0.05): socketio p50, socketio CPU');
    expect(show(report)).not.toContain('Mann');
  });

  it('says what --rounds auto reached', () => {
    const precision = { metric: 'serverCpuPerMessageUs', wanted: 0.05, maxTimeMs: 180_000 } as const;
    expect(show({ ...report, precision: { ...precision, reached: 0.048 } })).toContain(
      'server CPU per message within ±4.8%, as asked',
    );
    expect(show({ ...report, precision: { ...precision, reached: 0.08 } })).toContain(
      'within ±8% when the 180 s of --max-time were over (asked for ±5%)',
    );
    expect(show({ ...report, precision: { ...precision, reached: null } })).toContain('has no interval');
  });

  it('has a column for the wire only where the wire was measured', () => {
    expect(show(report, 140)).not.toContain('wire');
    const change = (round: Round) => ({ ...round, bytes: { ...round.bytes, wire: 16e5 } });
    expect(show(sampleReport({ change }), 160)).toMatch(/protocol +TCP\/IP +wire/);
  });
});

describe('the page of one transport', () => {
  const report = sampleReport({ transports: ['longpoll'] });
  const text = show(report);

  it('draws what crosses for one message, to the byte', () => {
    const wired = (round: Round) => ({
      ...round,
      bytes: {
        ...round.bytes,
        wire: round.delivery.arrivedInWindow * 456,
        packets: round.delivery.arrivedInWindow * 3,
      },
    });
    const drawn = show(sampleReport({ transports: ['longpoll'], change: wired }));
    expect(drawn).toContain('Bytes for one message, 456 on the wire');
    expect(drawn).toContain(
      '█ 64 payload · ▓ 77 protocol up · ▒ 159 protocol down · ░ 156 TCP/IP in 3 packets',
    );
    expect(lineOf(drawn, '█████████')).toMatch(/^█{11}▓{14}▒{28}░{27}$/);
    expect(text).toContain("Bytes for one message, 300 at the server's sockets");
  });

  it('tells everything that was measured', () => {
    for (const subject of [
      'Delivery',
      'Connect',
      'Bytes',
      'Requests',
      'Server CPU',
      'Memory',
      'Drivers',
      'Rounds',
    ]) {
      expect(lineOf(text, subject), subject).not.toBe('');
    }
    expect(text).toMatch(/300 B a message = 64 B payload \+ 77 B protocol up \+ 159 B protocol down/);
    expect(lineOf(text, 'Delivery')).toContain('40,000 deliveries expected');
  });

  it('tells percentiles of witnesses and crowd, and a dash where samples are too few', () => {
    expect(lineOf(text, 'Latency')).toMatch(/p50 +p90 +p99 +p99\.9 +max$/);
    expect(lineOf(text, 'witnesses')).toMatch(/ – /);
    expect(lineOf(text, '95% interval')).toMatch(/\d–\d/);
    expect(lineOf(text, 'crowd')).not.toMatch(/–/);
  });

  it('draws every sample into its histogram', () => {
    const rows = text.match(/^ *[\d.]+ +– +[\d.]+ +ms .*$/gm) ?? [];
    expect(rows.length).toBeGreaterThanOrEqual(5);
    expect(rows.length).toBeLessThanOrEqual(13);
    const drawn = rows.map((row) => Number(/([\d,]+) +[<\d.]+%$/.exec(row)?.[1]?.replace(',', '')));
    expect(drawn.reduce((sum, many) => sum + many, 0)).toBe(1600);
    for (const [index, row] of rows.entries()) expect(/[█▏▎▍▌▋▊▉]/.test(row)).toBe((drawn[index] ?? 0) > 0);
  });

  it('gives a long tail rows that grow', () => {
    const tail = sampleReport({ transports: ['longpoll', 'polling'], rounds: 1 });
    const [quick, slow] = tail.rounds;
    if (quick === undefined || slow === undefined) throw new Error('no rounds');
    const page = show({ ...report, rounds: [quick, { ...quick, latency: slow.latency }] });
    const widths = [...page.matchAll(/^ *([\d.]+) +– +([\d.]+) +ms/gm)].map(
      ([, from, to]) => Number(to) - Number(from),
    );
    expect(widths.length).toBeLessThanOrEqual(12);
    expect(widths.at(-1)).toBeGreaterThan(100 * (widths[0] ?? Number.POSITIVE_INFINITY));
  });

  it('says what to do about a flag', () => {
    const page = show(sampleReport({ transports: ['sse'], rounds: 1, ...flagWhere(noisy, () => true) }));
    expect(page).toMatch(/! noisy-host in the only round of sse: .*measure\s+again/s);
  });

  it('still tells the delivery where no round is valid', () => {
    const page = show(sampleReport({ transports: ['sse'], ...flagWhere(lost, () => true) }));
    expect(page).toContain('none of its 5 rounds is valid');
    expect(lineOf(page, 'Delivery')).toContain('40,000 deliveries expected');
    expect(page).not.toContain('Server CPU');
  });
});
