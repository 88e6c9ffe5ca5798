import { Chalk } from 'chalk';
import { describe, expect, it } from 'vitest';
import type { Report, Round } from '../../src/measurements.ts';
import { formats } from '../../src/report/index.ts';
import { flagged, sampleReport } from './sample.ts';

const look = { columns: 10_000, chalk: new Chalk({ level: 0 }) };

/** The paragraph before the legend. */
function meaning(report: Report): string {
  return formats.table(report, look).trimEnd().split('\n\n').at(-2) ?? '';
}

/** Rounds whose p50 and CPU are exactly so many times websocket's. */
function paced(ratios: Readonly<Record<string, number>>) {
  const change = (round: Round): Round => {
    const pace = (ratios[round.transport] ?? 1) * (1 + round.round / 100);
    const server = { ...round.server, cpuUserUs: 80_000 * pace, cpuSystemUs: 0 };
    return { ...round, latency: { ...round.latency, p50Ms: 2 * pace }, server };
  };
  return sampleReport({ transports: Object.keys(ratios), change });
}

describe('what it means', () => {
  it('names the fastest and how many times as long the others take', () => {
    const text = meaning(paced({ longpoll: 3, websocket: 1, socketio: 1.5 }));
    expect(text).toContain('For this workload WebSocket is fastest (p50 2.1 ms)');
    expect(text).toContain('socket.io takes 1.5× and long polling 3.0× as long');
    expect(text).toContain('The server spends the least CPU on WebSocket (10 µs a message)');
    expect(text).toContain('socket.io costs 1.5× and long polling 3.0× as much');
  });

  it('does not rank what cannot be told apart', () => {
    const text = meaning(paced({ streaming: 1.005, websocket: 1, longpoll: 2 }));
    expect(text).toContain('WebSocket and streaming are fastest and too close to tell apart');
    expect(text).toContain('long polling takes 2.0× as long');
    const same = meaning(paced({ streaming: 1.005, websocket: 1 }));
    expect(same).toContain('WebSocket and streaming are equally fast as far as can be told');
    expect(same).toContain("What they cost the server's CPU cannot be told apart");
  });

  it('tells polling by its staleness, not by a ratio', () => {
    const text = meaning(sampleReport());
    expect(text).toMatch(
      /Polling every 1 s leaves half of the messages over 4\d\d ms old, at 0\.05 requests a message/,
    );
    expect(text).not.toMatch(/polling \d{2,}× as long/);
  });

  it('tells what long polling asks for where nobody polls', () => {
    expect(meaning(sampleReport({ transports: ['longpoll', 'websocket'] }))).toContain(
      'Long polling needs 1 request and 300 B a message, WebSocket 66 B.',
    );
  });

  it('neither praises nor ranks a transport with too few valid rounds', () => {
    const report = sampleReport({
      transports: ['streaming', 'websocket', 'socketio'],
      change: (round) =>
        round.transport === 'streaming' && round.round > 2
          ? flagged(round, { code: 'noisy-host', message: 'busy', fatal: true })
          : round,
    });
    expect(meaning(report)).toContain('WebSocket is fastest');
    expect(meaning(report)).not.toContain('streaming');
  });

  it('keeps a long list short', () => {
    const many = paced({ websocket: 1, a: 1.2, b: 1.3, c: 1.4, d: 1.5, e: 1.6 });
    expect(meaning(many)).toContain('the next 5 take 1.2× (a) to 1.6× (e) as long');
  });

  it('asks for more rounds where there are too few', () => {
    expect(meaning(sampleReport({ rounds: 1 }))).toMatch(/^Too few valid rounds .*--rounds 5/);
  });

  it.each([
    ['one valid transport', 'websocket', /Only polling has valid rounds/],
    ['no valid transport', /./, /No round is valid/],
  ])('says what is left with %s', (_, invalid, said) => {
    const report = sampleReport({
      transports: ['polling', 'websocket'],
      change: (round) =>
        round.transport.match(invalid)
          ? flagged(round, { code: 'clients-dropped', message: '3 clients', fatal: true })
          : round,
    });
    expect(formats.table(report, look)).toMatch(said);
  });
});
