import { execFileSync } from 'node:child_process';
import { Chalk } from 'chalk';
import { describe, expect, it } from 'vitest';
import { METRIC_KEYS } from '../../src/measurements.ts';
import { formatOfFile, formats, readReport } from '../../src/report/index.ts';
import { metricOf } from '../../src/stats/index.ts';
import { parseCsv } from './csv.ts';
import { FAMILIES, flagged, HOSTILE, hostileReport, sampleReport } from './sample.ts';

const look = { columns: 100, chalk: new Chalk({ level: 1 }) };
const report = sampleReport();

describe('json', () => {
  it('is the report itself', () => {
    expect(readReport(formats.json(report, look))).toEqual(report);
  });

  it('comes as one typed line a round, summary and comparison in ndjson', () => {
    const lines = formats
      .ndjson(report, look)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const plain = lines.map(({ type, ...rest }) => ({ type, rest }));
    const of = (wanted: string) => plain.filter(({ type }) => type === wanted).map(({ rest }) => rest);
    expect(of('round')).toEqual(report.rounds);
    expect(of('summary')).toEqual(report.summaries);
    expect(of('comparison')).toEqual(report.comparisons);
  });
});

describe('csv', () => {
  it('has one row a round and each metric under its key', () => {
    const [head = [], ...rows] = parseCsv(formats.csv(report, look));
    expect(rows).toHaveLength(report.rounds.length);
    for (const [index, round] of report.rounds.entries()) {
      const cell = (name: string) => rows[index]?.[head.indexOf(name)];
      expect(cell('transport')).toBe(round.transport);
      expect(cell('valid')).toBe(String(round.valid));
      expect(cell('delivered')).toBe(String(round.delivery.delivered));
      for (const key of METRIC_KEYS) expect(cell(key)).toBe(String(metricOf(round, key) ?? ''));
    }
  });

  it('lets no text become a formula and leaves numbers alone', () => {
    for (const start of ['=1+1', '+1+1', '-1+1', '@SUM(A1)', '\t=1', '-']) {
      const [, row] = parseCsv(formats.csv(sampleReport({ transports: [start], rounds: 1 }), look));
      expect(row?.[0]).toMatch(/^'/);
    }
    const [, row] = parseCsv(formats.csv(sampleReport({ transports: ['-1'], rounds: 1 }), look));
    expect(row?.[0]).toBe('-1');
  });

  it('keeps one record a line whatever a name holds', () => {
    const text = formats.csv(sampleReport({ transports: [HOSTILE, 'a,"b"'], rounds: 1 }), look);
    const rows = parseCsv(text);
    expect(rows).toHaveLength(3);
    expect(new Set(rows.map(({ length }) => length)).size).toBe(1);
    expect(rows[2]?.[0]).toBe('a,"b"');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\u0000-\u001f]/);
  });
});

describe('markdown', () => {
  const tableOf = (text: string) => text.split('\n').filter((line) => line.startsWith('|'));

  it('has one row a transport, all with the same cells', () => {
    const rows = tableOf(formats.markdown(report, look));
    const lines = FAMILIES.length + 2;
    expect(rows).toHaveLength(2 * lines);
    const widths = [rows.slice(0, lines), rows.slice(lines)].map(
      (table) => new Set(table.map((row) => row.split('|').length)),
    );
    expect(widths.map(({ size }) => size)).toEqual([1, 1]);
    expect(rows.at(lines - 2)).toContain('**0.95**');
  });

  it('says what it means before the figures, and folds away what few need', () => {
    const [workload, verdict, table, ...rest] = formats.markdown(report, look).split('\n\n');
    expect([workload, verdict, table].map((text) => text?.slice(0, 14))).toEqual([
      '**broadcast · ',
      'For this workl',
      '| transport | ',
    ]);
    expect(table).not.toContain('p90');
    const folded = rest.slice(rest.findIndex((text) => text.startsWith('<details>')));
    expect(folded.join()).toContain('latency p90, ms');
    expect(folded.at(-1)).toBe('</details>\n');
  });

  it('lets no text become markup, a cell or a line', () => {
    const text = formats.markdown(hostileReport(), look);
    expect(text.replaceAll(/<\/?(details|summary)>/g, '')).not.toContain('<');
    expect(text).not.toMatch(/(?<!\\)`/);
    const unescaped = tableOf(text).map((row) => row.replaceAll('\\|', '').split('|').length);
    expect(new Set(unescaped.slice(0, 4)).size).toBe(1);
    expect(new Set(unescaped.slice(4)).size).toBe(1);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(text.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u202e]/);
  });

  it('says what the table says of flags', () => {
    const change = (round: (typeof report.rounds)[number]) =>
      flagged(round, { code: 'noisy-host', message: 'busy', fatal: false });
    expect(formats.markdown(sampleReport({ change }), look)).toContain('- noisy-host in all 25 rounds');
  });
});

describe('a file', () => {
  it.each([
    ['a.json', 'json'],
    ['dir.csv/b.ndjson', 'ndjson'],
    ['b.jsonl', 'ndjson'],
    ['c.CSV', 'csv'],
    ['d.md', 'markdown'],
    ['d.markdown', 'markdown'],
    ['./e.txt', 'table'],
    ['f', undefined],
    ['x.csv/f', undefined],
    ['g.constructor', undefined],
    ['h.pdf', undefined],
  ])('%s is written as %s', (path, format) => {
    expect(formatOfFile(path)).toBe(format);
  });
});

it('every text ends its last line', async () => {
  for (const write of Object.values(formats)) expect(await write(report, look)).toMatch(/[^\n]\r?\n$/);
});

it('the published JSON Schema is the one that the code makes', () => {
  const check = () => execFileSync(process.execPath, ['scripts/schema.ts', '--check'], { stdio: 'pipe' });
  expect(check).not.toThrow();
});
