import { Chalk } from 'chalk';
import { describe, expect, it, test } from 'vitest';
import type { Report, ResolvedScenario, Round } from '../../src/measurements.ts';
import { diffFormats, formats, makeDiff } from '../../src/report/index.ts';
import { metricOf } from '../../src/stats/index.ts';
import { FAMILIES, sampleReport } from './sample.ts';

const CLIENTS = 5000;
const WINDOW_MS = 10_000;
/** CPU of the clients in the window, in ms, and bytes of each way for one client. */
const COSTS: Readonly<Record<string, readonly [cpuMs: number, bytes: number]>> = {
  polling: [800, 452],
  longpoll: [900, 452],
  streaming: [60, 14],
  websocket: [100, 16],
  socketio: [200, 20],
};

function silent(transports: readonly string[] = FAMILIES, noise = 1): Report {
  const scenario: Partial<ResolvedScenario> = {
    application: 'idle',
    name: 'idle',
    ...{ ratePerSecond: 0, clients: CLIENTS, durationMs: WINDOW_MS },
    ...{ pollIntervalMs: 5000, holdMs: 5000, heartbeatMs: 5000 },
  };
  return sampleReport({ transports, scenario, change: (round) => silence(round, noise) });
}

function silence(round: Round, noise: number): Round {
  const [cpuMs, bytes] = COSTS[round.transport] ?? [0, 0];
  const spread = noise * (1 + round.round / 100);
  const alone = { windowMs: 3000, cpuUs: 6000 };
  return {
    ...round,
    requests: round.transport.includes('poll') ? 2 * CLIENTS : 0,
    bytes: { ...round.bytes, appUp: (bytes * CLIENTS) / 2, appDown: (bytes * CLIENTS) / 2 },
    server: {
      ...round.server,
      ...{ cpuUserUs: cpuMs * spread * 1000, cpuSystemUs: 20_000, light: null, alone },
      halvesCpuPerMessageUs: [null, null],
    },
  };
}

const look = (columns: number) => ({ columns, chalk: new Chalk({ level: 0 }) });
const table = (report: Report, columns = 120) => formats.table(report, look(columns));

test('a silent client is told by the minute, less what the server spends alone', () => {
  const [polling] = silent(['polling'], 1 / 1.01).rounds;
  if (polling === undefined) throw new Error('no round');
  // 800 ms for 5,000 clients in a sixth of a minute; the other 20 ms are the server's own.
  expect(metricOf(polling, 'serverCpuPerClientMinuteMs')).toBeCloseTo((800 / CLIENTS) * 6, 6);
  expect(metricOf(polling, 'appBytesPerClientMinute')).toBeCloseTo(452 * 6);
  expect(metricOf(polling, 'requestsPerClientMinute')).toBeCloseTo(12);
  expect(metricOf(polling, 'rssPerClientBytes')).toBeCloseTo(31e6 / CLIENTS);
  expect(metricOf(polling, 'wireBytesPerClientMinute')).toBeNull();
});

describe('the comparison of silent clients', () => {
  it('has columns of minutes and none of messages', () => {
    const [head = ''] = table(silent()).split('\n\n').slice(1);
    expect(head).toContain('per client and minute');
    expect(head).toContain('memory per client');
    expect(head).not.toMatch(/latency|per message|lost|p90/);
    expect(head).toMatch(/polling +0\.9\d +12 +2712/);
  });

  it('names the workload by what is left of it', () => {
    expect(table(silent())).toMatch(
      /^idle · 5,000 clients \(\d+ witnesses, lean crowd\) · no messages · a sign of life every 5 s/m,
    );
  });

  it('ends in what a client costs, and how many would fill a core', () => {
    const text = table(silent()).replace(/\s+/g, ' ');
    expect(text).toMatch(/least CPU on silent clients by streaming \(0\.07\d? ms a minute for each\)/);
    expect(text).toMatch(/WebSocket costs 1\.\d×, .* and long polling 15× as much/);
    expect(text).toMatch(/spent on 5\d,000 of them by long polling, or on 8\d0,000 of them by streaming/);
    expect(text).toContain('A minute of silence moves 84 B by streaming and 2.7 KB by');
  });

  it.each([40, 80, 120])('keeps within %i columns and never says NaN', (columns) => {
    for (const report of [silent(), silent(['websocket'])]) {
      const text = table(report, columns);
      for (const line of text.split('\n')) expect([...line].length, line).toBeLessThanOrEqual(columns);
      expect(text).not.toMatch(/NaN|Infinity|undefined/);
    }
  });
});

it.each(['csv', 'markdown', 'ndjson'] as const)('%s holds no figure that is none', (format) => {
  expect(formats[format](silent(), look(100))).not.toMatch(/NaN|Infinity|undefined/);
});

it('one transport has a page without latency', () => {
  const page = table(silent(['websocket']));
  expect(page).toContain('nothing was due, and nothing came');
  expect(page).toMatch(/Server CPU +0\.12\d? ms a client and minute/);
  expect(page).not.toMatch(/Latency|a message/);
});

it('two reports of silence can be told apart', () => {
  const [before, after] = [silent(), silent(FAMILIES, 1.5)];
  const diff = makeDiff({ file: 'a', report: before }, { file: 'b', report: after }, false);
  const text = diffFormats.table(diff, look(100));
  expect(text).not.toMatch(/NaN|Infinity|undefined/);
  expect(text).toMatch(/server CPU per client and minute, ms .* ×1\.5 ▲/);
});
