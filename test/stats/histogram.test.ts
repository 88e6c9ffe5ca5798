import { Int32Histogram } from 'hdr-histogram-js';
import { describe, expect, it } from 'vitest';
import { RtbenchError } from '../../src/errors.ts';
import {
  createHistogram,
  decodeHistogram,
  encodeHistogram,
  latencyOf,
  mergeHistograms,
  recordUs,
  seededRandom,
  stepsOf,
} from '../../src/stats/index.ts';

const HOUR_US = 3_600_000_000;

function histogramOf(valuesUs: Iterable<number>) {
  const histogram = createHistogram();
  for (const value of valuesUs) recordUs(histogram, value);
  return histogram;
}

function* manyValues(count: number, seed = 1) {
  const random = seededRandom(seed);
  for (let index = 0; index < count; index++) yield 10 ** (random() * 9);
  yield HOUR_US;
}

describe('a histogram', () => {
  it('puts each value where the library would', () => {
    const [ours, theirs] = [createHistogram(), new Int32Histogram(1, 2, 3)];
    const powers = Array.from({ length: 45 }, (_, bit) => [2 ** bit - 1, 2 ** bit, 2 ** bit + 1]);
    const values = [...Array(10_000).keys(), ...powers.flat(), ...[...manyValues(5000)].map(Math.round)];
    const indexes = (histogram: Int32Histogram) => values.map((value) => histogram.countsArrayIndex(value));
    expect(indexes(ours)).toEqual(indexes(theirs));
  });

  it('comes back from base64 with every sample, also after it has grown', () => {
    const histogram = histogramOf(manyValues(5000));
    const back = decodeHistogram(encodeHistogram(histogram));
    expect(stepsOf(back)).toEqual(stepsOf(histogram));
    expect(back.totalCount).toBe(5001);
  });

  it('goes on growing after it came back', () => {
    const back = decodeHistogram(encodeHistogram(histogramOf([5])));
    recordUs(back, HOUR_US);
    expect(stepsOf(back).map(({ count }) => count)).toEqual([1, 1]);
  });

  it('keeps three significant digits up to an hour', () => {
    for (const value of [1, 999, 2047, 65_535, 1_234_567, HOUR_US]) {
      const [step] = stepsOf(histogramOf([value]));
      expect(step?.lowUs).toBeLessThanOrEqual(value);
      expect(step?.highUs).toBeGreaterThanOrEqual(value);
      expect((step?.highUs ?? 0) - (step?.lowUs ?? 0)).toBeLessThanOrEqual(value / 1000);
    }
  });

  it('merges to what one histogram would have held', () => {
    const parts = [1, 2, 3].map((seed) => [...manyValues(500, seed)]);
    const merged = mergeHistograms(parts.map(histogramOf));
    expect(stepsOf(merged)).toEqual(stepsOf(histogramOf(parts.flat())));
  });

  it('records what a rounded due time puts just below zero as zero', () => {
    expect(stepsOf(histogramOf([-0.4, -3]))).toEqual([{ lowUs: 0, highUs: 0, count: 2 }]);
  });

  it.each(['', 'hello', 'AAAA', 'SElTVEZBQUFBQkFB', '****'])('refuses %j', (text) => {
    expect(() => decodeHistogram(text)).toThrow(RtbenchError);
  });
});

describe('a latency', () => {
  const withSamples = (count: number) => latencyOf(histogramOf(Array.from({ length: count }, () => 1000)));

  it.each([
    ['p50Ms', 4],
    ['p90Ms', 20],
    ['p99Ms', 200],
    ['p999Ms', 2000],
  ] as const)('tells %s from %i samples on', (key, needed) => {
    expect(withSamples(needed - 1)[key]).toBeNull();
    expect(withSamples(needed)[key]).toBe(1);
  });

  it('has nothing to tell of no samples', () => {
    const { hdr, ...told } = latencyOf(createHistogram());
    expect(told).toEqual({
      p50Ms: null,
      p90Ms: null,
      p99Ms: null,
      p999Ms: null,
      maxMs: null,
      meanMs: null,
      samples: 0,
    });
    expect(decodeHistogram(hdr).totalCount).toBe(0);
  });

  it('tells the percentiles of what was recorded, in milliseconds', () => {
    const latency = latencyOf(histogramOf(Array.from({ length: 2000 }, (_, index) => index + 1)));
    expect(latency).toMatchObject({ p50Ms: 1, p90Ms: 1.8, p99Ms: 1.98, p999Ms: 1.998, maxMs: 2 });
    expect(latency.meanMs).toBeCloseTo(1, 2);
  });
});
