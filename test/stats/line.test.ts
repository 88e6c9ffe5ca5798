import { expect, test } from 'vitest';
import { fitLine, seededRandom } from '../../src/stats/index.ts';

test('a line through points that lie on one is that line, and sure', () => {
  const line = fitLine([10, 100, 1000].map((x) => ({ x, y: 5 + 3 * x })));
  expect(line?.slope).toBeCloseTo(3, 9);
  expect(line?.intercept).toBeCloseTo(5, 6);
  expect(line?.rSquared).toBeCloseTo(1, 9);
  expect((line?.high ?? 1) - (line?.low ?? 0)).toBeLessThan(1e-6);
});

test('the interval is the one of the textbook', () => {
  // y = 2x with residuals +1 −1 −1 +1: error² = 4/2/5, t(2) = 4.303.
  const points = [2, 3, 5, 9].map((y, index) => ({ x: index + 1, y: [3, 3, 5, 9][index] ?? y }));
  const line = fitLine(points);
  expect(line?.slope).toBeCloseTo(2, 9);
  expect((line?.high ?? 0) - 2).toBeCloseTo(4.303 * Math.sqrt(4 / 2 / 5), 2);
  expect(2 - (line?.low ?? 0)).toBeCloseTo(4.303 * Math.sqrt(4 / 2 / 5), 2);
});

test('95 of 100 intervals hold the slope', () => {
  const random = seededRandom(7);
  const noise = () => Array.from({ length: 12 }, random).reduce((sum, one) => sum + one, -6);
  const tries = Array.from({ length: 1000 }, () =>
    fitLine([1, 1, 1, 2, 2, 2, 4, 4, 4].map((x) => ({ x, y: x + noise() }))),
  );
  const held = tries.filter((line) => line !== undefined && line.low <= 1 && line.high >= 1).length;
  expect(held).toBeGreaterThan(930);
  expect(held).toBeLessThan(970);
});

test('there is no line through two points, nor through points above one another', () => {
  expect(fitLine([1, 2].map((x) => ({ x, y: x })))).toBeUndefined();
  expect(fitLine([1, 2, 3].map((y) => ({ x: 1, y })))).toBeUndefined();
});
