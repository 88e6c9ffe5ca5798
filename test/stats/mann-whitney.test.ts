import { describe, expect, it } from 'vitest';
import { mannWhitney } from '../../src/stats/inference/mann-whitney.ts';
import { drawn, noiseOf } from './noise.ts';

describe("Mann and Whitney's test", () => {
  // Counted by hand: the share of all groupings that lie at least as far apart, both ways.
  it.each([
    [[1, 2, 3], [4, 5, 6], 2 / 20],
    [[1, 2, 3, 4, 5], [6, 7, 8, 9, 10], 2 / 252],
    [[1, 3, 5], [2, 4, 6], 14 / 20],
    [[1, 1, 1], [1, 1, 1], 1],
    [[1, 1, 2], [2, 3, 3], 4 / 20],
  ])('of %j and %j gives %d', (one, other, p) => {
    expect(mannWhitney(one, other)).toBeCloseTo(p, 10);
    expect(mannWhitney(other, one)).toBeCloseTo(p, 10);
  });

  it('has nothing to say of an empty group', () => {
    expect(mannWhitney([], [1])).toBeNull();
  });

  it('goes over into its approximation without a step', () => {
    const source = noiseOf('normal', 5);
    const [one, other] = [drawn(source, 20), drawn(source, 20).map((value) => value + 0.5)];
    const exact = mannWhitney(one, other) ?? 0;
    const near = mannWhitney(one, [...other, 0.3]) ?? 0;
    expect(Math.abs(exact - near)).toBeLessThan(0.03);
    expect(
      mannWhitney(
        drawn(source, 30),
        drawn(source, 30).map((value) => value + 3),
      ),
    ).toBeLessThan(1e-6);
  });
});
