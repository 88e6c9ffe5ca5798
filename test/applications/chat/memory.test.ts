import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MemoryHistory } from '../../../src/applications/chat/history/memory.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function say(history: MemoryHistory, room: string, text: string): void {
  history.keep({ room, name: 'somebody', text }, () => undefined);
}

test('gives the newest of a room, oldest first, after it has sent them', async () => {
  const history = new MemoryHistory();
  const sent: string[] = [];
  for (let index = 1; index <= 60; index++) {
    history.keep({ room: 'one', name: 'somebody', text: `${index}` }, () => sent.push(`${index}`));
  }
  say(history, 'other', 'elsewhere');
  expect(sent.length).toBe(60);
  expect(await history.last('one', 3)).toEqual(
    ['58', '59', '60'].map((text) => ({ name: 'somebody', text })),
  );
  expect((await history.last('one', 100)).map(({ text }) => text)).toEqual(sent.slice(10));
  expect(await history.last('nowhere', 3)).toEqual([]);
});

test('forgets rooms in which nothing was said for long, and the most silent of too many', async () => {
  const history = new MemoryHistory();
  const isKept = async (room: string) => (await history.last(room, 1)).length === 1;
  for (let room = 0; room < 100; room++) say(history, `${room}`, 'hello');
  say(history, '0', 'again');
  say(history, 'one too many', 'hello');
  expect([await isKept('0'), await isKept('1'), await isKept('2')]).toEqual([true, false, true]);
  vi.advanceTimersByTime(30 * 60_000);
  say(history, '2', 'again');
  vi.advanceTimersByTime(31 * 60_000);
  expect([await isKept('0'), await isKept('2')]).toEqual([false, true]);
});
