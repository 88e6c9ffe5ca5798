import { expect, test } from 'vitest';
import { expected, nearest, suggestion, systemReason } from '../../src/plan/wording.ts';

const NAMES = ['polling', 'longpoll', 'streaming', 'sse', 'websocket', 'ws'];

test.each([
  ['websockt', 'websocket'],
  ['Websocket', 'websocket'],
  ['polilng', 'polling'],
  ['long-poll', 'longpoll'],
  ['sss', 'sse'],
  ['ses', 'sse'],
])('%s is taken for %s', (word, name) => {
  expect(nearest(word, NAMES)).toBe(name);
});

test.each(['', 'x', 'carrier-pigeon', 'z'.repeat(1e6)])('nothing is near a word such as %.20s', (word) => {
  expect(nearest(word, NAMES)).toBeUndefined();
  expect(suggestion(word, NAMES)).toBe('');
});

test('a bad value is told in one line, however it looks', () => {
  const { code, message } = expected('--clients', 'a positive integer', `ten\n\u001b[31m${'!'.repeat(999)}`);
  expect(code).toBe('usage');
  expect(message).toMatch(/^Expected --clients to be a positive integer, got `ten \[31m!+…`$/);
  expect(message.length).toBeLessThan(200);
});

test("a system's error is told without its number and its path", () => {
  expect(systemReason(new Error("ENOENT: no such file or directory, open '/a'"))).toBe(
    'no such file or directory',
  );
  expect(systemReason('odd')).toBe('odd');
});
