import { expect, test } from 'vitest';
import { type Bracket, CLOSE_RATIO, type SearchRange, search, stepsLeft } from '../../src/capacity/search.ts';
import { seededRandom } from '../../src/stats/index.ts';

const RATES: SearchRange = { start: 20, least: 1.25, most: 10_000, isWhole: false };
const CLIENTS: SearchRange = { start: 50, least: 4, most: 20_000, isWhole: true };

/** Lets a judge answer everything that a search asks, and tell where the edge may be. */
function searched(
  range: SearchRange,
  judge: (value: number) => boolean,
  edge: (value: number) => number | null = () => null,
): Bracket & { tried: number[] } {
  const tried: number[] = [];
  const searching = search(range);
  let next = searching.next();
  while (!next.done) {
    const { value } = next;
    tried.push(value);
    if (tried.length > 100) throw new Error('the search does not end');
    next = searching.next({ passed: judge(value), edge: edge(value) });
  }
  return { ...next.value, tried };
}

test.each([1.3, 3, 19.9, 20, 21, 77, 500.5, 1234, 9_990])('finds an edge at %f within a tenth', (edge) => {
  const { low, high, tried } = searched(RATES, (value) => value <= edge);
  expect(low).toBeLessThanOrEqual(edge);
  expect(high ?? 0).toBeGreaterThan(edge);
  expect((high ?? 0) / (low ?? 1)).toBeLessThanOrEqual(CLOSE_RATIO);
  expect(new Set(tried).size).toBe(tried.length);
  expect(tried.length).toBeLessThan(18);
});

test('doubles from the start where nothing tells more, then halves the gap in ratios', () => {
  expect(searched(RATES, (value) => value < 100).tried).toEqual([20, 40, 80, 160, 113, 95.1, 104]);
});

test('goes straight for where the edge is expected, by strides of four at most', () => {
  const { tried, low, high } = searched(
    RATES,
    (value) => value <= 900,
    () => 880,
  );
  expect(tried).toEqual([20, 80, 320, 880, 968]);
  expect([low, high]).toEqual([880, 968]);
});

test.each([
  ['far too low', () => 0.001],
  ['far too high', () => 1e9],
  ['where it was just now', (value: number) => value],
  ['just below', (value: number) => value * 0.999],
])('a search that expects the edge %s comes to its end nevertheless', (_, edge) => {
  for (const where of [1.3, 20, 77, 9_000]) {
    const { low, high, tried } = searched(RATES, (value) => value <= where, edge);
    expect((high ?? 0) / (low ?? 1)).toBeLessThanOrEqual(CLOSE_RATIO);
    expect(low).toBeLessThanOrEqual(where);
    expect(tried.length).toBeLessThan(75);
  }
});

test('clients are whole: a gap of one is an answer, however large its ratio', () => {
  const { low, high, tried } = searched({ ...CLIENTS, start: 3, least: 1 }, (value) => value <= 5);
  expect([low, high]).toEqual([5, 6]);
  expect(tried.every(Number.isInteger)).toBe(true);
});

test('where the start does not pass it halves, and then looks between', () => {
  const { tried, low, high } = searched(CLIENTS, (value) => value <= 15);
  expect(tried.slice(0, 3)).toEqual([50, 25, 13]);
  expect([low, high]).toEqual([15, 16]);
});

test('where the lowest does not pass there is no lower side', () => {
  expect(searched(RATES, () => false)).toEqual({ low: null, high: 1.25, tried: [20, 10, 5, 2.5, 1.25] });
  expect(searched({ ...RATES, least: 20 }, () => false)).toEqual({ low: null, high: 20, tried: [20] });
});

test('where the machine ends it, its limit itself is tried and nothing beyond', () => {
  const { tried, low, high } = searched({ ...RATES, most: 130 }, () => true);
  expect({ tried, low, high }).toEqual({ tried: [20, 40, 80, 130], low: 130, high: null });
  expect(searched({ ...RATES, most: 20 }, () => true).tried).toEqual([20]);
});

test('a judge who errs near the edge still leads into its neighbourhood', () => {
  for (let seed = 1; seed <= 200; seed++) {
    const random = seededRandom(seed);
    const { low, high } = searched(RATES, (value) => value * (0.9 + 0.2 * random()) <= 640);
    expect(low ?? 0).toBeGreaterThan(640 / 1.25);
    expect(low ?? 0).toBeLessThan(640 * 1.12);
    expect(high ?? 0).toBeLessThan(640 * 1.25);
  }
});

test('says how many steps are left as soon as it has both sides', () => {
  expect(stepsLeft({ low: 20, high: null })).toBeUndefined();
  expect(stepsLeft({ low: 20, high: 40 })).toBe(7);
  expect(stepsLeft({ low: 100, high: 109 })).toBe(0);
});
