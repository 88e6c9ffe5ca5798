import { expect, test } from 'vitest';
import { BEGINNING, look } from '../../../src/browser/demo/scoreboard/scoreboard.ts';
import { sentence } from '../../../src/browser/demo/scoreboard/sentence.ts';
import type { LaneName, LaneSight, Sight } from '../../../src/browser/demo/scoreboard/sight.ts';
import { en } from '../../../src/browser/demo/words/en.ts';
import { ko } from '../../../src/browser/demo/words/ko.ts';

const LANE: LaneSight = {
  phase: 'open',
  carrying: 'x',
  asked: 120,
  empty: 112,
  received: 8,
  lost: 0,
  hangsForMs: null,
  latencyMs: null,
  bytesPerMessage: null,
};

/** One moment; what is not said is as ever. */
function sight(
  atMs: number,
  changes: Partial<Omit<Sight, 'lanes'>> = {},
  lanes: Partial<Record<LaneName, Partial<LaneSight>>> = {},
): Sight {
  return {
    atMs,
    eventsPerSecond: 1,
    isCut: false,
    isWebSocketBlocked: false,
    isRestarting: false,
    ...changes,
    lanes: {
      polling: { ...LANE, ...lanes.polling },
      longpoll: { ...LANE, ...lanes.longpoll },
      streaming: { ...LANE, ...lanes.streaming },
      websocket: { ...LANE, ...lanes.websocket },
      socketio: { ...LANE, carrying: 'websocket', ...lanes.socketio },
    },
  };
}

/** All that is said while this is seen, in words. */
function told(sights: readonly Sight[], words = en): string[] {
  let telling = BEGINNING;
  return sights.flatMap((one) => {
    const next = look(telling, one);
    telling = next.telling;
    return next.remark === null ? [] : [sentence(next.remark, words)];
  });
}

test('polling is told by what it asked for what it got', () => {
  expect(told([sight(0)])).toEqual(['Polling has asked 120 times for 8 messages.']);
  expect(told([sight(0)], ko)).toEqual(['폴링은 메시지 8개를 받으려고 120번 물어봤습니다.']);
});

test('where nothing is published, it has asked in vain', () => {
  const [said] = told([sight(0, { eventsPerSecond: 0 })]);
  expect(said).toBe('Nothing happens, and polling has asked 112 times in vain.');
});

test('the usual things take turns, seconds apart, and what there is nothing to say of is left out', () => {
  const every250Ms = Array.from({ length: 100 }, (_, turn) =>
    sight(turn * 250, {}, { longpoll: { hangsForMs: 3_000 } }),
  );
  expect(told(every250Ms)).toEqual([
    'Polling has asked 120 times for 8 messages.',
    'Long polling waits: 1 request hangs since 3 s.',
    'Streaming: 8 messages came, and nobody asked again.',
    'Polling has asked 120 times for 8 messages.',
    'Long polling waits: 1 request hangs since 3 s.',
  ]);
});

test('what happens is told before what is usual, and not faster than it can be read', () => {
  const blocked = { isWebSocketBlocked: true };
  const fallen = { socketio: { carrying: 'polling' } };
  const begin = [sight(0), sight(250, blocked, { socketio: { phase: 'lost' } }), sight(500, blocked, fallen)];
  const later = Array.from({ length: 30 }, (_, turn) => sight(750 + turn * 250, blocked, fallen));
  expect(told([...begin, ...later]).slice(1)).toEqual([
    'WebSocket is blocked: the raw WebSocket cannot come through, and nobody helps it.',
    'socket.io fell back to polling because WebSocket is blocked.',
  ]);
});

test('a cut is told when all lanes are back and what they lost is known', () => {
  const gone = Object.fromEntries(
    ['websocket', 'socketio'].map((name) => [name, { phase: 'lost' as const }]),
  );
  const back = { ...LANE, received: 9 };
  const all = { polling: back, longpoll: back, streaming: back };
  const said = told([
    sight(0),
    sight(3_000, { isCut: true }, gone),
    sight(7_200, {}, gone),
    sight(8_000, {}, { ...all, websocket: { received: 9, lost: 4 } }),
    sight(9_000, {}, { ...all, websocket: { received: 9, lost: 4 }, socketio: { received: 9 } }),
  ]);
  expect(said.slice(1)).toEqual([
    'The network is cut.',
    'The network was cut for 7.2 s; WebSocket lost 4; polling, long polling, streaming and socket.io none.',
  ]);
});

test('a lane that does not come back is waited for, but not for ever', () => {
  const gone = { websocket: { phase: 'lost' as const } };
  const cut = [sight(0), sight(3_000, { isCut: true }, gone)];
  const after = Array.from({ length: 50 }, (_, turn) => sight(4_000 + turn * 250, {}, gone));
  expect(told([...cut, ...after])[2]).toBe('The network was cut for 4 s; nobody lost a message.');
});

test('a restart is told when it begins and when it is over', () => {
  const said = told([sight(0), sight(3_000, { isRestarting: true }), sight(6_000)]);
  expect(said.slice(1)).toEqual([
    'The server is restarting: every connection is gone.',
    'The server is back, and so is everybody who comes back.',
  ]);
});
