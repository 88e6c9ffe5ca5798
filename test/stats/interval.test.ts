import { describe, expect, it } from 'vitest';
import { bootstrapCentre, bootstrapMedian, type Middle } from '../../src/stats/inference/bootstrap.ts';
import { type Interval, intervalOf } from '../../src/stats/inference/interval.ts';
import { normalTails, studentQuantile } from '../../src/stats/inference/student.ts';
import { drawn, NOISES, type Noise, noiseOf } from './noise.ts';

const TRIALS = 300;

const misses = ({ low, high }: Interval) => low > 0 || high < 0;

function simulate(kind: Noise, middle: (source: () => number) => Interval, trials = TRIALS): Interval[] {
  const source = noiseOf(kind, 17);
  return Array.from({ length: trials }, () => middle(source));
}

function shareOf(intervals: readonly Interval[], is: (interval: Interval, index: number) => boolean): number {
  return intervals.filter(is).length / intervals.length;
}

const cases = NOISES.flatMap((kind) => [3, 5, 10, 20].map((many) => [kind, many] as const));

describe.each(cases)('with %s noise in %i rounds', (kind, many) => {
  const alone = simulate(kind, (source) => intervalOf(bootstrapCentre(drawn(source, many))));

  it('the same is called different in about one of twenty', () => {
    const falseAlarms = shareOf(alone, misses);
    // 5% ± 2 points, and what so many trials scatter by themselves.
    expect(falseAlarms).toBeGreaterThan(0.015);
    expect(falseAlarms).toBeLessThan(0.085);
  });

  it('an effect of the size that is told shows in at least eight of ten, and not in all', () => {
    const sizes = alone.map(({ leastSeen }) => leastSeen).toSorted((a, b) => a - b);
    const typical = sizes[sizes.length / 2] ?? 0;
    const seen = shareOf(alone, ({ low }) => low + typical > 0);
    expect(seen).toBeGreaterThan(0.8);
    expect(seen).toBeLessThan(0.97);
  });
});

describe('intervals that hold together', () => {
  it.each([3, 5])('miss one of four in at most about one family of twenty, in %i rounds', (many) => {
    const families = simulate('normal', (source) => {
      const base = drawn(source, many);
      const family = Array.from({ length: 4 }, () => {
        const ratios = drawn(source, many).map((value, block) => value - (base[block] ?? 0));
        return intervalOf(bootstrapCentre(ratios), 4);
      });
      return family.find(misses) ?? { at: 0, low: -1, high: 1, error: 1, leastSeen: 1 };
    });
    expect(shareOf(families, misses)).toBeLessThan(0.085);
  });
});

describe('two groups that are not paired', () => {
  it.each([
    [5, 5],
    [3, 10],
  ])('of %i and %i rounds are called different in about one of twenty', (many, others) => {
    const found = simulate('normal', (source) =>
      intervalOf(bootstrapCentre(drawn(source, many), 1), 1, bootstrapCentre(drawn(source, others), 2)),
    );
    expect(shareOf(found, misses)).toBeGreaterThan(0.005);
    expect(shareOf(found, misses)).toBeLessThan(0.085);
  });
});

describe('the interval of a median', () => {
  it.each([5, 10, 20])('holds about nineteen times in twenty, in %i rounds', (many) => {
    const found = simulate('heavy-tailed', (source) => intervalOf(bootstrapMedian(drawn(source, many))));
    expect(shareOf(found, misses)).toBeLessThan(0.085);
  });
});

describe('an interval', () => {
  const values = [0.1, -0.2, 0.05];
  it('reaches beyond the range of three values', () => {
    const { low, high } = intervalOf(bootstrapCentre(values));
    expect(low).toBeLessThan(-0.2);
    expect(high).toBeGreaterThan(0.1);
  });

  it('is hardly moved by one value that is far off', () => {
    const even = [-0.02, -0.01, 0, 0.01, 0.02, 0.03, -0.03, 0.015, -0.015, 3];
    expect(Math.abs(bootstrapCentre(even).at)).toBeLessThan(0.03);
  });

  it('stays quick and narrow with a thousand values', () => {
    const many = drawn(noiseOf('normal', 3), 1000);
    const middle: Middle = bootstrapCentre(many);
    const { low, high } = intervalOf(middle);
    expect(Math.abs(middle.at)).toBeLessThan(0.1);
    expect(high - low).toBeLessThan(0.2);
  });
});

it.each([
  [0.975, 2, 4.3027],
  [0.975, 4, 2.7764],
  [0.99375, 4, 4.3147],
  [0.975, 19, 2.093],
  [0.975, 1000, 1.9623],
  [0.5, 4, 0],
])("Student's t stays below with probability %d and %i degrees of freedom at %d", (share, freedom, value) => {
  expect(studentQuantile(share, freedom)).toBeCloseTo(value, 3);
});

it('normal tails are those of the tables', () => {
  expect(normalTails(1.959964)).toBeCloseTo(0.05, 6);
  expect(normalTails(0)).toBeCloseTo(1, 6);
});
