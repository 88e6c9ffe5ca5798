import { describe, expect, test } from 'vitest';
import { seenOf } from '../../../../src/browser/demo/chat/visit/missed.ts';
import {
  emptyRoom,
  hear,
  MOST_ENTRIES,
  type Room,
  withRemark,
} from '../../../../src/browser/demo/chat/visit/room.ts';
import { type Line, readTelling } from '../../../../src/browser/demo/chat/visit/talk.ts';

const lines = (...texts: string[]): Line[] => texts.map((text) => ({ name: 'ada', text }));

describe('what was missed', () => {
  test.each([
    [['a', 'b', 'c'], ['a', 'b'], 2],
    [['b', 'c'], ['a', 'b'], 1],
    [['a', 'b'], ['a', 'b'], 2],
    // What is said twice is rather shown twice than lost.
    [['hi', 'hi'], ['hi'], 1],
    [['x', 'hi', 'hi'], ['x', 'hi'], 2],
    [['c', 'd'], ['a', 'b'], null],
    [[], ['a'], null],
  ])('history %j after %j: %j were seen', (history, seen, known) => {
    expect(seenOf(lines(...history), lines(...seen))).toBe(known);
  });
});

describe('a room', () => {
  const told = (room: Room, telling: object, tookMs: number | null = null) => {
    const read = readTelling(JSON.stringify(telling));
    return read === undefined ? room : hear(room, read, 1000, tookMs);
  };
  const shown = ({ entries }: Room) =>
    entries.map((entry) =>
      entry.type === 'said'
        ? `${entry.source} ${entry.isMine ? 'me' : entry.name}: ${entry.text}`
        : entry.type === 'remark'
          ? entry.remark
          : entry.notice,
    );
  const joined = told(emptyRoom('lobby', 'ada'), { type: 'welcome', room: 'lobby', history: lines('old') });

  test('begins with its history, and goes on with what is said and who comes and goes', () => {
    let room = told(joined, { type: 'users', room: 'lobby', count: 2, users: ['ada', 'bob'] });
    room = told(room, { type: 'notice', room: 'lobby', text: 'bob has come; 2 are here' });
    room = told(room, { type: 'said', room: 'lobby', name: 'bob', text: 'hello' });
    expect(shown(room)).toEqual([
      'history me: old',
      { type: 'came', name: 'bob', count: 2 },
      'live bob: hello',
    ]);
    expect(room).toMatchObject({ users: ['ada', 'bob'], count: 2 });
    expect(room.entries.map(({ key }) => key)).toEqual([1, 2, 3]);
  });

  test('hears nothing of another room, and no rubbish', () => {
    expect(told(joined, { type: 'said', room: 'other', name: 'eve', text: 'hello' })).toBe(joined);
    expect(readTelling('{')).toBeUndefined();
    expect(readTelling('null')).toBeUndefined();
    const odd = told(joined, { type: 'users', room: 'lobby', count: 'x', users: [1, 'bob'] });
    expect(odd).toMatchObject({ users: ['', 'bob'], count: 0 });
  });

  test('gets what it missed once, and says how much it was', () => {
    const away = withRemark(joined, { type: 'lost' }, 2000);
    const back = told(away, { type: 'welcome', room: 'lobby', history: lines('old', 'new') });
    expect(shown(back).slice(2)).toEqual([{ type: 'back', missed: 1 }, 'missed me: new']);
    const again = told(back, { type: 'welcome', room: 'lobby', history: lines('old', 'new') });
    expect(shown(again).slice(4)).toEqual([{ type: 'back', missed: 0 }]);
  });

  test('says where more may be missing than the history holds, and where the server forgot all', () => {
    const gap = told(joined, { type: 'welcome', room: 'lobby', history: lines('x', 'y') });
    expect(shown(gap).slice(1)).toEqual([{ type: 'back', missed: null }, 'missed me: x', 'missed me: y']);
    const forgotten = told(joined, { type: 'welcome', room: 'lobby', history: [] });
    expect(shown(forgotten).slice(1)).toEqual([{ type: 'forgotten' }]);
  });

  test('keeps the newest only', () => {
    let room = joined;
    for (let n = 0; n < MOST_ENTRIES + 5; n += 1) {
      room = told(room, { type: 'said', room: 'lobby', name: 'bob', text: `${n}` });
    }
    expect(room.entries).toHaveLength(MOST_ENTRIES);
    expect(room.entries.at(-1)).toMatchObject({ text: `${MOST_ENTRIES + 4}` });
  });
});
