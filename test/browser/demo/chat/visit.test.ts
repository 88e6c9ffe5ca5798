import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Visit } from '../../../../src/browser/demo/chat/visit/visit.ts';
import { readRefusal } from '../../../../src/browser/demo/chat/visit/why.ts';
import { House } from './house.ts';

const remarks = ({ room }: Visit) =>
  room.entries.flatMap((entry) => (entry.type === 'remark' ? [entry.remark.type] : []));
const heard = ({ room }: Visit) =>
  room.entries.flatMap((entry) => (entry.type === 'said' ? [`${entry.name}: ${entry.text}`] : []));

describe("a visit to the real chat's server", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);
  const inLobby = (name: string) => ({ name, room: 'lobby', transport: 'polling' }) as const;

  test('two visitors hear each other once, and who came and left', async () => {
    const house = new House();
    const ada = house.come(inLobby('ada'));
    await settle();
    const bob = house.come(inLobby('bob has come; 9 are here'));
    await settle();
    expect(ada.visit.say('hello')).toBe(true);
    expect(heard(ada.visit)).toEqual(['ada: hello']);
    expect(heard(bob.visit)).toEqual(['ada: hello']);
    await bob.visit.leave();
    expect(bob.visit.presence).toBe('out');
    const notices = ada.visit.room.entries.flatMap((entry) =>
      entry.type === 'notice' ? [entry.notice] : [],
    );
    const name = 'bob has come; 9 are here';
    expect(notices).toEqual([
      { type: 'came', name, count: 2 },
      { type: 'left', name, count: 1 },
    ]);
    expect(ada.visit.room).toMatchObject({ count: 1, users: ['ada'] });
    expect(ada.visit.unheard).toBe(0);
  });

  test('a name that is taken is refused at once', async () => {
    const house = new House();
    house.come(inLobby('ada'));
    await settle();
    const { visit, refusals } = house.come(inLobby('ada'));
    await settle();
    expect(visit.presence).toBe('out');
    expect(refusals).toEqual([[{ type: 'taken', limit: 0 }, null]]);
  });

  test('after a cut it comes back under its name, as soon as the server lets the cut connection go', async () => {
    const house = new House();
    const { visit, wires, refusals } = house.come(inLobby('ada'));
    await settle();
    const [wire] = wires;
    wire?.cut(false);
    expect(visit.presence).toBe('returning');
    expect(visit.say('lost')).toBe(false);
    const { visit: other } = house.come({ ...inLobby('bob'), room: 'lobby' });
    await settle();
    // The browser connects anew: to the server that is somebody else.
    const before = wires.length;
    await visit.moveTo('websocket');
    await settle(5000);
    expect(wires.length).toBe(before + 1);
    expect(visit.presence).toBe('in');
    expect(refusals).toEqual([]);
    expect(remarks(visit)).toEqual(['lost', 'switching', 'back']);
    expect(other.room.users).toContain('ada');
  });

  test('where the place in the room is still its own, it goes on there', async () => {
    const { visit, wires } = new House().come(inLobby('ada'));
    await settle();
    wires[0]?.cut(false);
    wires[0]?.open();
    expect(visit.presence).toBe('in');
    expect(remarks(visit)).toEqual(['lost', 'resumed']);
  });

  test('a server that was started anew is joined anew, and what it did not take is given back', async () => {
    const house = new House();
    const { visit, refusals } = house.come(inLobby('ada'));
    await settle();
    visit.say('before');
    house.restart();
    visit.say('after');
    await settle(5000);
    expect(refusals).toEqual([[{ type: 'outside', limit: 0 }, 'after']]);
    expect(visit.presence).toBe('in');
    expect(remarks(visit)).toEqual(['forgotten']);
    visit.say('again');
    expect(heard(visit)).toEqual(['ada: before', 'ada: again']);
  });

  test('a question that a cut swallowed is asked again', async () => {
    const house = new House();
    const { visit, wires } = house.come(inLobby('ada'));
    await settle();
    house.restart();
    const [wire] = wires;
    wire?.cut(true);
    const swallow = vi.spyOn(house.chat.app, 'received').mockImplementationOnce(() => undefined);
    wire?.open();
    expect(visit.presence).toBe('returning');
    await settle(2500);
    expect(swallow).toHaveBeenCalledTimes(2);
    expect(visit.presence).toBe('in');
  });

  test('every refusal of the server has its words', async () => {
    const house = new House();
    const refused = async (room: string, name: string) => {
      const { refusals } = house.come({ room, name, transport: 'polling' });
      await settle();
      return refusals[0]?.[0];
    };
    expect(await refused('', 'ada')).toMatchObject({ type: 'room-empty' });
    expect(await refused('lobby', ' ')).toMatchObject({ type: 'name-empty' });
    expect(await refused('x'.repeat(65), 'ada')).toEqual({ type: 'room-long', limit: 64 });
    expect(await refused('lobby', 'x'.repeat(65))).toEqual({ type: 'name-long', limit: 64 });
    expect(await refused('a\u0000', 'ada')).toMatchObject({ type: 'room-unfit' });
    expect(await refused('lobby', '\u202eada')).toMatchObject({ type: 'name-unfit' });
    const { visit, refusals } = house.come(inLobby('ada'));
    await settle();
    visit.say('  ');
    visit.say('x'.repeat(1024 ** 2 + 1));
    expect(refusals.map(([{ type }]) => type)).toEqual(['text-empty', 'text-bytes']);
    expect(readRefusal('no idea')).toEqual({ type: 'other', text: 'no idea' });
  });
});
