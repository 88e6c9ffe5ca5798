import { expect, test } from 'vitest';
import { openFileLimit, parseOpenFileLimit, portsPerAddress } from '../../src/instrument/limits/kernel.ts';

test('the soft limit counts, and unlimited is endless', () => {
  const line = (soft: string) =>
    `Limit  Soft Limit  Hard Limit\nMax open files            ${soft}    20000    files\n`;
  expect(parseOpenFileLimit(line('1024'))).toBe(1024);
  expect(parseOpenFileLimit(line('unlimited'))).toBe(Number.POSITIVE_INFINITY);
  expect(parseOpenFileLimit('')).toBe(Number.POSITIVE_INFINITY);
});

test('this machine has limits that allow something', () => {
  expect(openFileLimit()).toBeGreaterThan(100);
  expect(portsPerAddress() ?? Number.POSITIVE_INFINITY).toBeGreaterThan(0);
});
