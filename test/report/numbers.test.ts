import { describe, expect, it } from 'vitest';
import {
  alignPoint,
  duration,
  figure,
  percentage,
  plain,
  ratioFigures,
  size,
} from '../../src/report/numbers.ts';

describe('a figure', () => {
  it.each([
    [504.4, 3, '504'],
    [35.23, 3, '35.2'],
    [1.306, 3, '1.31'],
    [0.9512, 3, '0.95'],
    [0.0497, 2, '0.050'],
    [1004.2, 2, '1004'],
    [9.96, 2, '10'],
    [9.996, 3, '10.0'],
    [99.96, 3, '100'],
    [12_345.6, 3, '12,346'],
    [0, 3, '0'],
    [0.000_02, 3, '<0.0001'],
    [-1.26, 2, '-1.3'],
    [null, 3, '–'],
    [undefined, 3, '–'],
    [Number.NaN, 3, '–'],
    [Number.POSITIVE_INFINITY, 3, '–'],
  ])('of %d with %i digits is %s', (value, digits, text) => {
    expect(figure(value, digits)).toBe(text);
  });

  it('loses no zero but those behind the point when told plainly', () => {
    expect([20, 100, 1, 1.5, 0.05].map((value) => plain(value))).toEqual(['20', '100', '1', '1.5', '0.05']);
  });
});

it('stands on its decimal point', () => {
  expect(alignPoint(['504', '1.31', '0.9', '–'])).toEqual(['504   ', '  1.31', '  0.9 ', '  –   ']);
  expect(alignPoint([])).toEqual([]);
});

it.each([
  [0, '0'],
  [1, '100'],
  [0.5, '50'],
  [0.000_3, '0.03'],
  [0.000_000_1, '<0.01'],
  [0.999_999, '>99.9'],
  [null, '–'],
])('says %d of all as %s percent', (share, text) => {
  expect(percentage(share)).toBe(text);
});

it('gives a ratio near 1 the digits to be seen apart from it', () => {
  expect(ratioFigures([1.42, 1.31, 1.53])).toEqual(['1.4', '1.3', '1.5']);
  expect(ratioFigures([1.2, 1.03, 1.3])).toEqual(['1.20', '1.03', '1.30']);
  expect(ratioFigures([517, 506, 534])).toEqual(['517', '506', '534']);
});

it('uses the unit a person would say', () => {
  expect([0.4, 12, 1500, 2000].map(duration)).toEqual(['0.4 ms', '12 ms', '1.5 s', '2 s']);
  expect([64, 3250, 92e6].map((bytes) => size(bytes))).toEqual(['64 B', '3.25 KB', '92.0 MB']);
});
