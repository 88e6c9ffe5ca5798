import { expect, test } from 'vitest';
import { readDecimal, readDuration, readSize, readWhole } from '../../src/plan/units.ts';

test.each([
  ['1500ms', 1500],
  ['2s', 2000],
  ['1.5m', 90_000],
  ['1h', 3_600_000],
  ['250us', 0.25],
  ['0', 0],
])('%s is a duration', (text, ms) => {
  expect(readDuration(text)).toBe(ms);
});

test.each(['5', '5parsecs', '-1s', '1e3ms', ' 1s', '1 s', 's', '', 'NaN'])('%j is no duration', (text) => {
  expect(readDuration(text)).toBeUndefined();
});

test.each([
  ['64', 64],
  ['64B', 64],
  ['64KiB', 65_536],
  ['1MiB', 1_048_576],
])('%s is a size', (text, bytes) => {
  expect(readSize(text)).toBe(bytes);
});

test.each(['-1', '1.5KiB', '1GiB', '64kb', '0x10', ''])('%j is no size', (text) => {
  expect(readSize(text)).toBeUndefined();
});

test('numbers are plain decimals', () => {
  expect(['7', '-7', '1e9', '1.0', '0x7', ''].map(readWhole)).toEqual([7, -7, ...Array(4).fill(undefined)]);
  expect(['0.2', '20', '-1', 'NaN', 'Infinity', '1e3'].map(readDecimal)).toEqual([
    0.2,
    20,
    ...Array(4).fill(undefined),
  ]);
});
