import { describe, expect, it } from 'vitest';
import type { Round } from '../../src/measurements.ts';
import { compareMetric, compareRounds, seededRandom, summarize, yardstickOf } from '../../src/stats/index.ts';
import { sampleReport } from '../report/sample.ts';

const [sample] = sampleReport({ transports: ['websocket'], rounds: 1 }).rounds;
if (sample === undefined) throw new Error('no sample');
const template = sample;

function roundOf(transport: string, block: number, p50Ms: number, changed: Partial<Round> = {}): Round {
  return { ...template, transport, round: block, latency: { ...template.latency, p50Ms }, ...changed };
}

/** One transport's rounds, block by block. */
function blocks(transport: string, p50s: readonly number[]): Round[] {
  return p50s.map((p50Ms, index) => roundOf(transport, index + 1, p50Ms));
}

const p50 = (rounds: readonly Round[], transport: string, against = 'websocket') =>
  compareMetric(rounds, 'latencyP50Ms', transport, against);

describe('a comparison', () => {
  it('pairs inside blocks, so that the drift of the machine drops out', () => {
    const drift = [1, 2, 1.5, 3, 0.7];
    const rounds = [
      ...blocks(
        'sse',
        drift.map((pace) => pace * 1.4),
      ).toReversed(),
      ...blocks('websocket', drift),
    ];
    const found = p50(rounds, 'sse');
    expect(found?.ratio).toBeCloseTo(1.4, 10);
    expect(found?.low).toBeCloseTo(1.4, 10);
    expect(found?.high).toBeCloseTo(1.4, 10);
    expect(found?.verdict).toBe('higher');
  });

  it('leaves out blocks in which either round is invalid', () => {
    const rounds = [...blocks('sse', [2, 2, 2, 2, 200]), ...blocks('websocket', [1, 1, 1, 0.01, 1])].map(
      (round) =>
        (round.transport === 'sse' && round.round === 5) ||
        (round.transport === 'websocket' && round.round === 4)
          ? { ...round, valid: false }
          : round,
    );
    expect(p50(rounds, 'sse')).toMatchObject({ ratio: 2, low: 2, high: 2, verdict: 'higher' });
  });

  it.each([
    ['higher', [1.03, 1.04, 1.05, 1.04, 1.03]],
    ['lower', [0.9, 0.91, 0.92, 0.91, 0.9]],
    ['indistinguishable', [1.01, 1.012, 1.013, 1.015, 1.011]],
    ['indistinguishable', [0.8, 0.9, 1.3, 1.4, 1.2]],
  ])('finds %s in %j', (verdict, ratios) => {
    const rounds = [...blocks('sse', ratios), ...blocks('websocket', [1, 1, 1, 1, 1])];
    expect(p50(rounds, 'sse')?.verdict).toBe(verdict);
  });

  it('widens when several transports are compared at once, and the verdict follows the interval', () => {
    const ratios = [1.04, 1.09, 1.12, 1.07, 1.16];
    const rounds = ['sse', 'streaming', 'longpoll', 'polling'].flatMap((name) => blocks(name, ratios));
    const all = [...rounds, ...blocks('websocket', [1, 1, 1, 1, 1])];
    const alone = p50(all, 'sse');
    const told = compareRounds(all).find(({ metric }) => metric === 'latencyP50Ms');
    expect(told?.ratio).toBe(alone?.ratio);
    expect(told?.low).toBeLessThan(alone?.low ?? 0);
    expect(told?.high).toBeGreaterThan(alone?.high ?? 2);
    expect(told?.leastEffect).toBeGreaterThan(alone?.leastEffect ?? 1);
    for (const found of [alone, told]) {
      expect(found?.verdict).toBe((found?.low ?? 0) > 1 ? 'higher' : 'indistinguishable');
    }
  });

  it('tells no change below two per cent, and says so', () => {
    const even = (ratio: number) =>
      p50([...blocks('sse', [ratio, ratio, ratio]), ...blocks('websocket', [1, 1, 1])], 'sse');
    expect(even(1.019)).toMatchObject({ verdict: 'indistinguishable' });
    expect(even(1.02)).toMatchObject({ verdict: 'higher' });
    expect(even(1.02)?.leastEffect).toBeCloseTo(0.02, 6);
  });

  it('says how probable the two groups are as one', () => {
    const found = p50([...blocks('sse', [4, 5, 6]), ...blocks('websocket', [1, 2, 3])], 'sse');
    expect(found?.mannWhitneyP).toBeCloseTo(0.1, 10);
  });

  it('gives no interval and no verdict below three pairs', () => {
    const rounds = [...blocks('sse', [5, 5]), ...blocks('websocket', [1, 1, 1])];
    expect(p50(rounds, 'sse')).toMatchObject({
      ratio: 5,
      low: null,
      high: null,
      verdict: 'indistinguishable',
    });
  });

  it('skips a metric whose base is zero somewhere', () => {
    const rounds = [...blocks('polling', [1, 1, 1]), ...blocks('websocket', [1, 0, 1])];
    expect(p50(rounds, 'polling')).toBeUndefined();
    const told = compareRounds(rounds).map(({ metric }) => metric);
    expect(told).toContain('serverCpuPerMessageUs');
    expect(told).not.toContain('latencyP50Ms');
    expect(told).not.toContain('requestsPerMessage');
  });

  it('calls the same against the same different only now and then', () => {
    const random = seededRandom(5);
    const noisy = () => Array.from({ length: 10 }, () => 1 + 0.4 * random());
    const trials = 150;
    let different = 0;
    for (let trial = 0; trial < trials; trial++) {
      const verdict = p50([...blocks('sse', noisy()), ...blocks('websocket', noisy())], 'sse')?.verdict;
      if (verdict !== 'indistinguishable') different++;
    }
    expect(different / trials).toBeLessThan(0.1);
  });
});

describe('what the others are compared with', () => {
  const of = (transports: readonly string[]) =>
    transports.flatMap((transport) => blocks(transport, [1, 1, 1]));

  it('is websocket, or else the first transport named', () => {
    expect(yardstickOf(of(['polling', 'websocket']))).toBe('websocket');
    expect(yardstickOf(of(['sse', 'polling']))).toBe('sse');
    expect(yardstickOf(of(['sse', 'polling']), ['polling', 'sse'])).toBe('polling');
  });

  it('has at least one valid round', () => {
    const rounds = of(['sse', 'polling', 'websocket']).map((round) => ({
      ...round,
      valid: round.transport === 'polling',
    }));
    expect(yardstickOf(rounds)).toBe('polling');
    expect(compareRounds(rounds.map((round) => ({ ...round, valid: false })))).toEqual([]);
  });

  it('is nothing where there is only one transport', () => {
    expect(compareRounds(of(['sse']))).toEqual([]);
    expect(compareRounds([])).toEqual([]);
  });
});

describe('a summary', () => {
  it('takes valid rounds only, and counts all', () => {
    const [first, ...rest] = blocks('sse', [100, 1, 2, 3]);
    if (first === undefined) throw new Error('no round');
    const [summary] = summarize([{ ...first, valid: false }, ...rest]);
    expect(summary).toMatchObject({ transport: 'sse', rounds: 4, validRounds: 3 });
    expect(summary?.metrics.latencyP50Ms?.median).toBe(2);
  });

  it('leaves out what no round can tell', () => {
    const [summary] = summarize(blocks('sse', [1, 1, 1]));
    expect(summary?.metrics).not.toHaveProperty('wireBytesPerMessage');
  });

  it('keeps the order given, also for a transport that has no round yet', () => {
    const rounds = [...blocks('sse', [1]), ...blocks('polling', [1])];
    const told = summarize(rounds, ['polling', 'websocket', 'sse']);
    expect(told.map(({ transport, rounds: many }) => [transport, many])).toEqual([
      ['polling', 1],
      ['websocket', 0],
      ['sse', 1],
    ]);
    expect(told[1]?.metrics).toEqual({});
  });
});
