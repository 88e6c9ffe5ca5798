import { expect, it } from 'vitest';
import { seededRandom, shuffled } from '../../src/stats/index.ts';

const take = (random: () => number, many: number) => Array.from({ length: many }, () => random());

it('gives the same numbers for the same seed, others for another', () => {
  expect(take(seededRandom(7), 5)).toEqual(take(seededRandom(7), 5));
  expect(take(seededRandom(7), 5)).not.toEqual(take(seededRandom(8), 5));
});

it('spreads numbers evenly over [0, 1)', () => {
  const numbers = take(seededRandom(1), 10_000);
  const tenths = Array.from({ length: 10 }, () => 0);
  for (const number of numbers) tenths[Math.floor(number * 10)] = (tenths[Math.floor(number * 10)] ?? 0) + 1;
  expect(tenths).toHaveLength(10);
  for (const many of tenths) expect(Math.abs(many - 1000)).toBeLessThan(120);
});

it('shuffles into every order and loses nothing', () => {
  const random = seededRandom(3);
  const orders = new Set(Array.from({ length: 200 }, () => shuffled(['a', 'b', 'c'], random).join('')));
  expect([...orders].toSorted()).toEqual(['abc', 'acb', 'bac', 'bca', 'cab', 'cba']);
});
