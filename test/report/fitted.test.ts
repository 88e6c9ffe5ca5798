import { expect, it } from 'vitest';
import { fitted } from '../../src/report/index.ts';

const table = (lines: number) => Array.from({ length: lines }, (_, line) => `| ${line} | µ |`).join('\n');
const whole = [
  '**verdict**',
  table(2000),
  '<details><summary>more</summary>',
  table(300),
  '</details>\n',
].join('\n\n');

it('leaves a text as it is where there is room', () => {
  expect(fitted(whole, Buffer.byteLength(whole))).toBe(whole);
});

it('gives up its largest tables, says so, and keeps the verdict and what is folded whole', () => {
  const text = fitted(whole, 8000);
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(8000);
  const [verdict, instead, ...rest] = text.split('\n\n');
  expect([verdict, rest.join('\n\n')]).toEqual(['**verdict**', whole.split('\n\n').slice(2).join('\n\n')]);
  expect(instead).toMatch(/^_2\d\.\d KB are left out here for want of room; the saved report has them\._$/);
});

it('is empty where there is no room at all', () => {
  expect(fitted(whole, 10)).toBe('');
  expect(fitted(whole, -1)).toBe('');
});
