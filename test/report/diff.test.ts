import { Chalk } from 'chalk';
import { describe, expect, it } from 'vitest';
import { RtbenchError } from '../../src/errors.ts';
import type { Report, Round } from '../../src/measurements.ts';
import { cpuUnits, diffFormats, makeDiff } from '../../src/report/index.ts';
import { flagged, HOSTILE, hostileReport, type SampleOptions, sampleReport } from './sample.ts';

const look = (columns: number) => ({ columns, chalk: new Chalk({ level: 0 }) });
const before = sampleReport();

/** Another run with the server's CPU for WebSocket and long polling's p50 multiplied. */
function changed(cpu: number, p50: number, options: SampleOptions = {}): Report {
  const change = (round: Round): Round => {
    const { server, latency } = round;
    if (round.transport === 'websocket') {
      const more = { cpuUserUs: server.cpuUserUs * cpu, cpuSystemUs: server.cpuSystemUs * cpu };
      return { ...round, server: { ...server, ...more } };
    }
    const slower = { ...latency, p50Ms: (latency.p50Ms ?? 0) * p50 };
    return round.transport === 'longpoll' ? { ...round, latency: slower } : round;
  };
  return sampleReport({ seed: 9, change, ...options });
}

const diff = (first: Report, second: Report, force = false) =>
  makeDiff({ file: 'a.json', report: first }, { file: 'b.json', report: second }, force);
const show = (first: Report, second: Report, columns = 100) =>
  diffFormats.table(diff(first, second), look(columns));
const flat = (text: string) => text.replace(/\s+/g, ' ');

function refusal(first: Report, second: Report): string {
  try {
    diff(first, second);
  } catch (error) {
    expect(error).toBeInstanceOf(RtbenchError);
    expect(error).toMatchObject({ code: 'report' });
    return error instanceof Error ? error.message : '';
  }
  throw new Error('they were compared');
}

describe('what changed between two reports', () => {
  const { comparisons } = diff(before, changed(1.4, 3));

  it('is told with a verdict, the others are not told apart', () => {
    const watched = ['latencyP50Ms', 'serverCpuPerMessageYardsticks'];
    const told = comparisons.filter(
      ({ metric, verdict }) => verdict !== 'indistinguishable' && watched.includes(metric),
    );
    expect(told.map(({ transport, metric, verdict }) => `${transport} ${metric} ${verdict}`)).toEqual([
      'longpoll latencyP50Ms higher',
      'websocket serverCpuPerMessageYardsticks higher',
    ]);
    expect(comparisons.every(({ against }) => against === 'a.json')).toBe(true);
  });

  it('does not hang on the order of rounds: nothing is paired', () => {
    const shuffled = {
      ...before,
      rounds: before.rounds.toReversed().map((round, index) => ({ ...round, round: index })),
    };
    const again = diff(shuffled, changed(1.4, 3)).comparisons;
    const ratios = (found: typeof comparisons) =>
      found.map(({ transport, metric, ratio }) => [transport, metric, ratio.toFixed(9)].join()).toSorted();
    expect(ratios(again)).toEqual(ratios(comparisons));
  });

  it('comes in sentences', () => {
    const text = flat(show(before, changed(1.4, 3)));
    expect(text).toMatch(/longpoll: latency p50 ×[23]\.\d \([\d.]+–[\d.]+\)\. /);
    expect(text).toMatch(/websocket: server CPU per message \d+% higher \(\d+–\d+%\)\./);
    expect(text).toMatch(
      /Nothing else changed that these rounds could see: changes from [\d.]+% \(latency p50\)/,
    );
    expect(text).toContain('CPU in µY a millionth of the yardstick');
  });

  it('is nothing where nothing changed, and the smallest change that would have shown is told', () => {
    expect(flat(show(before, sampleReport({ seed: 9 })))).toMatch(
      /Nothing changed that these rounds could see: changes from/,
    );
    expect(show(before, before)).toContain('Both are the same report, so nothing can have changed.');
  });

  it('takes CPU by the yardstick: a machine of half the speed is no change', () => {
    const slow = changed(1, 1, {
      seed: 9,
      change: ({ host, server, ...round }) => ({
        ...round,
        host: {
          ...host,
          yardstickBeforeUs: host.yardstickBeforeUs * 2,
          yardstickAfterUs: host.yardstickAfterUs * 2,
          yardstickCpuUs: (host.yardstickCpuUs ?? 0) * 2,
        },
        server: { ...server, cpuUserUs: server.cpuUserUs * 2, cpuSystemUs: server.cpuSystemUs * 2 },
      }),
    });
    expect(flat(show(before, slow))).toContain('Nothing changed that these rounds could see');
    const us = diffFormats.table(diff(before, slow), { ...look(100), cpu: cpuUnits.us });
    expect(flat(us)).toMatch(/server CPU per message ×[12]\.\d/);
  });

  it('claims nothing from two rounds', () => {
    const text = show(sampleReport({ rounds: 2 }), changed(3, 3, { rounds: 2 }));
    expect(text).not.toMatch(/[▲▼≈] /);
    expect(text).toContain('Too few valid rounds for a verdict');
  });

  it('also tells what has no ratio because it was or became nothing', () => {
    const silent = sampleReport({ change: (round) => ({ ...round, requests: 0 }) });
    expect(flat(show(before, silent))).toContain('requests per message went from 1.00 to 0');
  });
});

describe('what cannot be compared', () => {
  it('is different work, unless it is forced', () => {
    const other = sampleReport({ scenario: { clients: 100, payloadBytes: 1024 } });
    expect(refusal(before, other)).toMatch(
      /^Expected reports of the same work, but a\.json and b\.json differ in clients \(200, 100\) and payloadBytes \(64, 1024\); --force /,
    );
    expect(diff(before, other, true).notes[0]).toContain('The work differs in clients (200, 100)');
  });

  it('is what has no transport in common, or no valid round', () => {
    expect(refusal(sampleReport({ transports: ['sse'] }), sampleReport({ transports: ['polling'] }))).toBe(
      'Expected a transport that both reports have, but a.json has sse and b.json polling',
    );
    const invalid = sampleReport({
      change: (round) => flagged(round, { code: 'messages-lost', message: 'one', fatal: true }),
    });
    expect(refusal(before, invalid)).toBe('Expected rounds to compare, but b.json has no valid one');
  });
});

describe('the notes', () => {
  it('say what else differs: machines, packages, how it was measured, who is missing', () => {
    const other = sampleReport({
      transports: ['websocket', 'sse'],
      machine: { cpu: 'Other', cores: 8, packages: { ws: '9.0.0' } },
      scenario: { durationMs: 5000, seed: 3 },
    });
    const notes = diff(before, other).notes.join('\n');
    expect(notes).toContain('cpu (AMD EPYC 7R13 Processor, Other), cores (2, 8)');
    expect(notes).toMatch(/ws \([\d.]+, 9\.0\.0\)/);
    expect(notes).toContain(
      'The same work was measured differently: durationMs (2000, 5000) and seed (1, 3).',
    );
    expect(notes).toContain('Only a.json has valid rounds of polling, longpoll, streaming and socketio.');
    expect(notes).toContain('Only b.json has valid rounds of sse.');
  });

  it('say that the crowds differ, unless all were witnesses', () => {
    const made = (crowd: 'lean' | 'library', witnesses: number) =>
      sampleReport({ seed: crowd.length, scenario: { crowd, witnesses } });
    expect(diff(made('library', 8), made('lean', 8)).notes).toEqual([
      'The same work was measured differently: crowd (library, lean).',
    ]);
    expect(diff(made('library', 200), made('lean', 200)).notes).toEqual([]);
  });

  it('are none where nothing else differs', () => {
    expect(diff(before, sampleReport({ seed: 9 })).notes).toEqual([]);
  });
});

describe.each([40, 60, 80, 100, 140])('in %i columns', (columns) => {
  it('every line fits, whatever the reports hold', () => {
    const hostile = makeDiff(
      { file: HOSTILE, report: hostileReport() },
      { file: HOSTILE, report: hostileReport({ seed: 2 }) },
      true,
    );
    const pages = [show(before, changed(1.4, 3), columns), diffFormats.table(hostile, look(columns))];
    for (const line of pages.join('').split('\n'))
      expect([...line].length, line).toBeLessThanOrEqual(columns);
    expect(pages.join('')).not.toMatch(/NaN|Infinity|undefined|null|\[object/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(pages.join('')).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  });
});

describe('the other formats', () => {
  const found = diff(before, changed(1.4, 3));

  it('are data that a program reads back', () => {
    expect(JSON.parse(diffFormats.json(found, look(80)))).toEqual(JSON.parse(JSON.stringify(found)));
    const lines = diffFormats.ndjson(found, look(80)).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).metric)).toEqual(
      found.comparisons.map(({ metric }) => metric),
    );
    const [head, ...rows] = diffFormats.csv(found, look(80)).trim().split('\r\n');
    expect(head).toBe('transport,metric,before,after,ratio,low,high,verdict,leastEffect');
    expect(rows).toHaveLength(found.figures.length);
    expect(new Set(rows.map((row) => row.split(',').length))).toEqual(new Set([9]));
  });

  it('are a table that a page shows', () => {
    const text = diffFormats.markdown(found, look(80));
    expect(text).toMatch(/^\| websocket +\| server CPU per message, µY +\| .* ▲/m);
  });
});
