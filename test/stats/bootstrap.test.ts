import { describe, expect, it } from 'vitest';
import { estimate, medianOf, seededRandom } from '../../src/stats/index.ts';

describe('the median', () => {
  it.each([
    [[3], 3],
    [[3, 1], 2],
    [[9, 1, 5], 5],
    [[4, 1, 3, 2], 2.5],
    [[10, 9, 100], 10],
  ])('of %j is %d', (values, median) => {
    expect(medianOf(values)).toBe(median);
  });

  it('of nothing is nothing', () => {
    expect(medianOf([])).toBeUndefined();
    expect(estimate([])).toBeUndefined();
  });
});

describe('the interval', () => {
  it('is not told below three values', () => {
    expect(estimate([1, 2])).toEqual({ median: 1.5, low: null, high: null });
    const told = estimate([1, 2, 3]);
    expect(told?.median).toBe(2);
    expect(told?.low).toBeLessThan(1);
    expect(told?.high).toBeGreaterThan(3);
  });

  it('is the same whenever the same values come', () => {
    const values = [5, 1, 4, 2, 3, 9, 7];
    expect(estimate(values)).toEqual(estimate(values));
  });

  it('never goes below what cannot be negative', () => {
    expect(estimate([0, 0, 3])?.low).toBe(0);
    expect(estimate([-1, 0, 3])?.low).toBeLessThan(-1);
    expect(estimate([1, 5, 90])?.low).toBeGreaterThan(0);
  });

  it('has no width where all values agree', () => {
    expect(estimate([2, 2, 2, 2])).toEqual({ median: 2, low: 2, high: 2 });
  });

  it('holds the true median about as often as it says', () => {
    const random = seededRandom(11);
    const trueMedian = Math.LN2;
    const trials = 200;
    let held = 0;
    for (let trial = 0; trial < trials; trial++) {
      const found = estimate(Array.from({ length: 12 }, () => -Math.log(1 - random())));
      if (found?.low != null && found.high != null && found.low <= trueMedian && trueMedian <= found.high)
        held++;
    }
    expect(held / trials).toBeGreaterThan(0.9);
    expect(held / trials).toBeLessThan(1);
  });
});
