import { expect, test } from 'vitest';
import type { Conversation } from '../../../src/measurements/trace/trace.ts';
import { overheadOf, sumsOf } from '../../../src/report/trace/ledger.ts';
import { scenesOf, waitOf } from '../../../src/report/trace/story.ts';
import { text } from './parts.ts';
import { attached, longpoll, websocket } from './sample.ts';

/** With a small message each up front, of so many sizes. */
function chatty(): Conversation {
  const conversation = websocket();
  const small = Array.from({ length: 5 }, (_, index) => ({
    ...{ kind: 'step' as const, connection: 1, way: 'up' as const, sentMs: 3, arrivedMs: 3 },
    ...{ title: 'frame', why: '' },
    parts: [text({ class: 'payload', label: 'message', text: '.'.repeat(index + 1) })],
  }));
  return { ...conversation, events: [...small, ...conversation.events] };
}

test('a message that is sent as bytes costs its event and its attachment; one that never came costs nothing', () => {
  expect(sumsOf(attached())).toEqual(['2 × down: 4 frame header + 29 placeholder + 64 payload = 97 B']);
});

test('what carried most stands first, and in full nothing is left out', () => {
  const sums = sumsOf(chatty());
  expect(sums[0]).toBe('3 × down: 2 frame header + 64 payload = 66 B');
  expect(sums.at(-1)).toBe('and 3 other sums');
  expect(sumsOf(chatty(), true)).toHaveLength(7);
});

test('the cost of a message says what messages are counted', () => {
  expect(overheadOf(websocket())).toContain(
    '197 bytes of news in 4 messages of the application cost 525 bytes',
  );
});

test('a word that is told while a request is held does not make another wait of it', () => {
  const { events, ...rest } = longpoll();
  const at = events.findIndex((event) => event.kind === 'step' && event.title.startsWith('GET'));
  const word = { kind: 'told' as const, atMs: 30, text: 'the server says message 1' };
  const scenes = scenesOf({ ...rest, events: events.toSpliced(at + 1, 0, word) });
  const waits = scenes.slice(at + 1, at + 3).map(waitOf);
  expect(waits).toEqual(['27 ms of waiting for the answer', '53 ms of waiting for the answer']);
});
