import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { Chalk } from 'chalk';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/measurements.ts';
import { diffFormats, makeDiff, readReport, readSaved } from '../../src/report/index.ts';
import type { TextFormat } from '../../src/report/writer.ts';
import { parseCsv } from './csv.ts';
import { FAULTS, faultyReport } from './faulty.ts';
import { POISON, poisoned } from './poisoned.ts';
import { flagged, sampleReport } from './sample.ts';
import { checkMermaid } from './trace/mermaid.ts';
import { broken, sampleTrace, socketio } from './trace/sample.ts';
import { checkXml } from './xml.ts';

const look = { columns: 80, chalk: new Chalk({ level: 1 }) };

const SMALL = { clients: 20, witnesses: 2 };
const PHASES = [{ name: 'burst', durationMs: 2000, fromPerSecond: 20, toPerSecond: 20 }];

const told = (report: Report): Report => ({
  ...report,
  failure: 'the server ended',
  calibrationMissing: 'never calibrated',
  gates: [
    {
      ...{ kind: 'threshold', rule: 'websocket.lost>0', place: '--fail-if', transport: 'websocket' },
      ...{ passed: false, value: 1, limit: 0, found: 'lost 1' },
    },
  ],
});

/** Of a real run, as published. */
function published(name: string): object {
  const results = join(import.meta.dirname, '../../results');
  const folder = readdirSync(results).find((run) => run.endsWith('two-core-vm')) ?? '';
  return JSON.parse(readFileSync(join(results, folder, `${name}.json`), 'utf8'));
}

const RESULTS: Readonly<Record<string, () => object>> = {
  'a report': () =>
    told(
      sampleReport({
        rounds: 3,
        scenario: { ...SMALL, phases: PHASES },
        change: (round) => flagged(round, { code: 'noisy-host', message: 'busy', fatal: false }),
      }),
    ),
  'a report of one transport': () =>
    told(sampleReport({ transports: ['websocket'], rounds: 3, scenario: SMALL })),
  'a report of faults': () =>
    told(faultyReport({ transports: ['sse', 'websocket'], scenario: { faults: FAULTS.slice(0, 2) } })),
  'a report of several nodes': () => published('cluster-none'),
  'a sweep': () => published('sweep'),
  'a sweep of nodes': () => published('redis-kill'),
  'a capacity': () => published('capacity-polling'),
  'a fallback': () => published('fallback'),
  'an advice': () => published('advise'),
  'a trace': () => sampleTrace(socketio(20), broken()),
};

const lines = (text: string) => text.split('\n').slice(0, -1);
const parsed = (text: string) => void JSON.parse(text);

/** What reads a format must find it whole, and nothing in it that was told to do something. */
const CHECKS: Readonly<Record<TextFormat, (text: string) => void>> = {
  table: (text) => expect(stripVTControlCharacters(text)).toBe(text.replace(SGR, '')),
  json: parsed,
  ndjson: (text) => lines(text).map(parsed),
  csv: checkCsv,
  markdown: checkMarkdown,
  html: (text) => expect(text).not.toMatch(/<script>alert|<img src=x|<\/title><\/style>/),
  svg: checkXml,
  mermaid: checkMermaid,
  junit: checkXml,
  prometheus: (text) => expect(lines(text).filter((line) => !EXPOSED.test(line))).toEqual([]),
  bencher: parsed,
  'benchmark-smaller': parsed,
  'benchmark-bigger': parsed,
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: what a terminal is coloured by
const SGR = /\u001b\[\d+(;\d+)*m/g;
/** A line of Prometheus's text: a comment, or a metric with its labels and its value. */
const EXPOSED = /^(#.*|[a-zA-Z_:][\w:]*(\{([a-zA-Z_]\w*="([^"\\\n]|\\[\\"n])*",?)*\})? \S+( \d+)?)$/;
/** Of what is left, only what ends a line: controls, what turns the direction of writing, other ends of lines. */
const HARMFUL = /[^\P{C}\n]|[\u2028\u2029]/u;

function checkCsv(text: string): void {
  const rows = parseCsv(text);
  expect(new Set(rows.map(({ length }) => length)).size).toBe(1);
  for (const cell of rows.flat()) {
    if (!Number.isFinite(Number(cell))) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
  }
}

/** A capture's blocks follow each other to its end, each with its length at both of its ends. */
function checkBlocks(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
  while (at < bytes.length) {
    const length = view.getUint32(at + 4, true);
    expect(length).toBeGreaterThanOrEqual(12);
    expect(view.getUint32(at + length - 4, true)).toBe(length);
    at += length;
  }
  expect(at).toBe(bytes.length);
}

function checkMarkdown(whole: string): void {
  const text = whole.replace(/^```mermaid\n(.*?)^```$/gms, (_, diagram) => {
    checkMermaid(diagram);
    return '';
  });
  // What is indented by four is shown as it is.
  const own = text.replace(/<\/?(details|summary)>/g, '');
  const marked = lines(own).filter((line) => !line.startsWith('    '));
  for (const line of marked) expect(line).not.toMatch(/<|(?<!\\)`|(?<!\\)\[(?!\^)/);
  for (const table of marked.join('\n').match(/(^\|.*\n?)+/gm) ?? []) {
    const cells = lines(`${table.trimEnd()}\n`).map((row) => row.replace(/\\./g, '').split('|').length);
    expect(new Set(cells).size).toBe(1);
  }
}

function check(name: string, written: string | Uint8Array): void {
  if (typeof written === 'string') checkText(name as TextFormat, written);
  else checkBlocks(written);
}

function checkText(name: TextFormat, text: string): void {
  const plain = text.replace(SGR, '').replaceAll('\r\n', '\n');
  expect(HARMFUL.exec(plain)?.[0].codePointAt(0)?.toString(16)).toBeUndefined();
  expect(text).toMatch(/\n$/);
  const words = text.replace(/<script[ >].*?<\/script>/gs, '');
  expect(words).not.toMatch(/\[object Object\]|\bundefined\b/);
  CHECKS[name](name === 'table' ? text : text.replaceAll('\r\n', name === 'csv' ? '\r\n' : '\n'));
}

describe.each(Object.entries(RESULTS))('%s whose every text is hostile', (_, make) => {
  const { result, read: saved } = poisoned(make(), readSaved);

  it.each(Object.entries(saved.formats).map(([name, write]) => ({ name, write })))(
    'is safe as $name',
    async ({ name, write }) => {
      const charts = name === 'svg' && saved.kind !== 'trace' ? saved.charts() : [undefined];
      for (const chart of charts) {
        const text = await write(undefined, chart === undefined ? look : { ...look, chart: chart.name });
        check(name, text);
      }
    },
  );

  it('is what was read, in JSON', () => {
    const text = saved.formats.json(undefined, look);
    expect(JSON.parse(text)).toMatchObject(result);
    expect(readSaved(text).formats.json(undefined, look)).toBe(text);
  });

  it('says nothing harmful in short', () => {
    for (const text of [...saved.work, ...saved.sentences()]) expect(text).not.toMatch(HARMFUL);
  });
});

describe('what differs between hostile reports', () => {
  const { read: report } = poisoned(RESULTS['a report']?.() ?? {}, readReport);
  const diff = makeDiff({ file: POISON, report }, { file: POISON, report }, true);
  it.each(Object.entries(diffFormats))('is safe as %s', async (name, write) => {
    check(name, await write(diff, look));
  });
});
