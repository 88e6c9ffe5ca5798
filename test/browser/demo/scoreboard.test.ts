import { expect, test } from 'vitest';
import { BEGINNING, look } from '../../../src/browser/demo/scoreboard/scoreboard.ts';
import { sentence } from '../../../src/browser/demo/scoreboard/sentence.ts';
import {
  LANES,
  type LaneName,
  type LaneSight,
  type Sight,
} from '../../../src/browser/demo/scoreboard/sight.ts';
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

const MENDED = 'The network is back, and whoever was cut off connects again.';
const CUT = 'The network is cut.';
const BLOCKED = 'WebSocket is blocked: the raw WebSocket cannot come through, and nobody helps it.';

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
    const before = telling.saidAtMs;
    telling = look(telling, one);
    const [newest] = telling.said;
    return newest === undefined || telling.saidAtMs === before ? [] : [sentence(newest, words)];
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
    sight(10_200, {}, { ...all, websocket: { received: 9, lost: 4 }, socketio: { received: 9 } }),
  ]);
  expect(said.slice(1)).toEqual([
    CUT,
    MENDED,
    'The network was cut for 7.2 s; WebSocket lost 4; polling, long polling, streaming and socket.io none.',
  ]);
});

test('a lane that does not come back is waited for, but not for ever', () => {
  const gone = { websocket: { phase: 'lost' as const } };
  const cut = [sight(0), sight(3_000, { isCut: true }, gone)];
  const after = Array.from({ length: 50 }, (_, turn) => sight(4_000 + turn * 250, {}, gone));
  expect(told([...cut, ...after])[3]).toBe('The network was cut for 4 s; nobody lost a message.');
});

test('a restart is told when it begins and when it is over', () => {
  const said = told([sight(0), sight(3_000, { isRestarting: true }), sight(6_000)]);
  expect(said.slice(1)).toEqual([
    'The server is restarting: every connection is gone.',
    'The server is back, and so is everybody who comes back.',
  ]);
});

test('what is wrong is told at once, also to who has just come, and what is wrong no more is taken back at once', () => {
  expect(told([sight(0, { isCut: true })])).toEqual([CUT]);
  expect(told([sight(0, { isWebSocketBlocked: true })])).toEqual([BLOCKED]);
  expect(told([sight(0), sight(250, { isCut: true }), sight(500)]).slice(1)).toEqual([CUT, MENDED]);
});

test('while the network is cut nothing else is told, and what waited is told no more', () => {
  const isOn = { socketio: { carrying: 'polling' } };
  const cut = Array.from({ length: 60 }, (_, turn) => sight(750 + turn * 250, { isCut: true }));
  const said = told([sight(0, {}, isOn), sight(250, { isRestarting: true }, isOn), sight(500), ...cut]);
  expect(said.slice(1)).toEqual([
    'The server is restarting: every connection is gone.',
    'socket.io began by polling and has gone over to WebSocket.',
    CUT,
  ]);
});

test('a cut that outlasts a restart, and a block that outlasts a cut, are told again', () => {
  const down = { isCut: true, isRestarting: true };
  const blocked = { isWebSocketBlocked: true };
  expect(told([sight(0, { isCut: true }), sight(250, down), sight(500, { isCut: true })])[2]).toBe(CUT);
  expect(told([sight(0, { ...blocked, isCut: true }), sight(250, blocked)])).toEqual([CUT, BLOCKED]);
});

test('of two happenings that wait the newest is told, and the older not after it', () => {
  const blocked = { isWebSocketBlocked: true };
  const fallen = { socketio: { carrying: 'polling' } };
  const lost = { websocket: { phase: 'lost' as const } };
  const later = Array.from({ length: 20 }, (_, turn) =>
    sight(750 + turn * 250, blocked, { ...fallen, ...lost }),
  );
  const sights = [sight(0), sight(250, { ...blocked, isCut: true }), sight(500, blocked, lost), ...later];
  const fellBack = 'socket.io fell back to polling because WebSocket is blocked.';
  expect(told(sights).slice(1)).toEqual([CUT, BLOCKED, fellBack]);
});

test('what has waited too long is no news', () => {
  const polling = { socketio: { carrying: 'polling' } };
  const mended = [sight(0, {}, polling), sight(250, { isCut: true }, polling), sight(500, {}, polling)];
  const upgraded = 'socket.io began by polling and has gone over to WebSocket.';
  expect(told([...mended, sight(750), sight(3_500)])).toContain(upgraded);
  expect(told([...mended, sight(750), sight(6_750)])).not.toContain(upgraded);
});

test('earlier sentences stay while they are so', () => {
  let telling = BEGINNING;
  for (const one of [sight(0), sight(3_000, { isCut: true }), sight(6_000)]) telling = look(telling, one);
  expect(telling.said.map(({ kind }) => kind)).toEqual(['mended', 'polling-asked']);
});

test('where there is nothing to say yet, nothing is said', () => {
  const few = { asked: 3, empty: 0, received: 0 };
  const lanes = { polling: few, longpoll: few, streaming: { received: 0 } };
  for (const eventsPerSecond of [0, 1, 10]) expect(told([sight(0, { eventsPerSecond }, lanes)])).toEqual([]);
  const many = { polling: { asked: 9, received: 0 }, longpoll: few, streaming: { received: 0 } };
  expect(told([sight(0, {}, many)])).toEqual([]);
});

test('a stream that was asked for again is not said to have been asked for once', () => {
  const only = { polling: { asked: 0 }, longpoll: { asked: 0 } };
  const flows = 'Streaming: 8 messages came, and nobody asked again.';
  const lost = { ...only, streaming: { phase: 'lost' as const } };
  const another = { ...only, streaming: { received: 0 } };
  expect(told([sight(0, {}, only)])).toEqual([flows]);
  expect(told([sight(0, {}, lost), sight(9_000, {}, only)])).toEqual([]);
  expect(told([sight(0, {}, lost), sight(250, {}, another), sight(9_000, {}, only)])).toEqual([flows]);
});

test('after a block, socket.io is said to stay on polling, and what the block cost is told', () => {
  const polling = { socketio: { carrying: 'polling' } };
  const back = { ...polling, websocket: { received: 9, lost: 31 } };
  const sights = [
    sight(0, {}),
    sight(3_000, { isWebSocketBlocked: true }, { ...polling, websocket: { phase: 'lost' } }),
    sight(3_250, {}, { ...polling, websocket: { phase: 'lost' } }),
    sight(6_250, {}, back),
    sight(6_500, {}, back),
  ];
  expect(told(sights).slice(1)).toEqual([
    BLOCKED,
    'WebSocket is allowed again; socket.io stays on polling until it connects anew.',
    'The block cost the raw WebSocket 31 messages.',
  ]);
  expect(told(sights, ko).slice(2)).toEqual([
    'WebSocket 차단이 풀렸습니다. socket.io는 다시 연결하기 전까지 폴링을 계속 씁니다.',
    '차단 때문에 순수 WebSocket은 메시지 31개를 잃었습니다.',
  ]);
});

test('who lost more than was published during a cut lost the rest on the way back', () => {
  const back = Object.fromEntries(LANES.map((name) => [name, { received: 9 }]));
  const after = { ...back, websocket: { received: 9, lost: 17 }, streaming: { received: 9, lost: 3 } };
  const sights = [sight(0), sight(3_000, { isCut: true }), sight(7_000), sight(10_000, {}, after)];
  expect(told(sights)[3]).toBe(
    'The network was cut for 7 s; streaming lost 3 and WebSocket lost 17 (some after the cut, until it was back); polling, long polling and socket.io none.',
  );
  expect(told(sights, ko)[3]).toContain('WebSocket 17개(일부는 복구 뒤 다시 연결하는 사이)');
});
