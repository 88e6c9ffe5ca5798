import { beforeEach, describe, expect, it } from 'vitest';
import { ChatServer } from '../../../src/applications/chat/server.ts';
import { readRequest } from '../../../src/applications/chat/talk.ts';
import type { Message, Peer, ServerSide } from '../../../src/contracts.ts';

type Fields = Record<string, unknown>;

/** A transport without a wire: rooms, and what each client got. */
class Stage implements ServerSide {
  readonly chat = new ChatServer(null, 20);
  readonly rooms = new Map<string, Set<Actor>>();

  constructor() {
    this.chat.serve(this);
  }

  come(): Actor {
    const actor = new Actor(this);
    this.chat.app.opened(actor);
    return actor;
  }

  /** A room and who is in it, as the transport knows it. */
  membersOf(room: string): Actor[] {
    return [...(this.rooms.get(`room ${room}`) ?? [])];
  }

  publish(room: string, message: Message): void {
    for (const actor of this.rooms.get(room) ?? []) actor.send(message);
  }

  async close(): Promise<void> {}
}

class Actor implements Peer {
  readonly isBusy = false;
  readonly drop = () => undefined;
  readonly id = 'an actor';
  got: Fields[] = [];
  readonly #stage: Stage;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  join(room: string): void {
    this.#stage.rooms.set(room, (this.#stage.rooms.get(room) ?? new Set()).add(this));
  }

  leave(room: string): void {
    this.#stage.rooms.get(room)?.delete(this);
  }

  send(message: Message): void {
    this.got.push(JSON.parse(String(message)));
  }

  /** Asks, and answers with the reply; what else came by it is in `got`. */
  ask(request: unknown): Fields {
    let reply: Fields = {};
    const text = typeof request === 'string' ? request : JSON.stringify(request);
    this.#stage.chat.app.received(this, text, (message) => {
      reply = JSON.parse(String(message));
    });
    return reply;
  }

  vanish(): void {
    for (const members of this.#stage.rooms.values()) members.delete(this);
    this.#stage.chat.app.closed(this, 'gone');
  }

  takeAll(): Fields[] {
    return this.got.splice(0);
  }
}

const join = (name: unknown, room: unknown = 'a') => ({ type: 'join', id: 1, room, name });

describe('a chat', () => {
  let stage: Stage;
  let ann: Actor;
  beforeEach(() => {
    stage = new Stage();
    ann = stage.come();
    ann.ask(join('ann'));
    ann.takeAll();
  });

  it('welcomes the newcomer, tells everybody else, and gives all the list', () => {
    const bob = stage.come();
    expect(bob.ask(join('bob'))).toEqual({ type: 'ok', id: 1 });
    const list = { type: 'users', room: 'a', count: 2, users: ['ann', 'bob'] };
    expect(bob.takeAll()).toEqual([{ type: 'welcome', room: 'a', text: 'Welcome, bob', history: [] }, list]);
    expect(ann.takeAll()).toEqual([{ type: 'notice', room: 'a', text: 'bob has come; 2 are here' }, list]);
  });

  it('carries what is said to the room, the speaker too, and to nobody else', () => {
    const [bob, eve] = [stage.come(), stage.come()];
    bob.ask(join('bob'));
    eve.ask(join('eve', 'b'));
    for (const actor of [ann, bob, eve]) actor.takeAll();
    expect(bob.ask({ type: 'say', id: 7, text: 'hello' })).toEqual({ type: 'ok', id: 7 });
    const said = { type: 'said', room: 'a', name: 'bob', text: 'hello' };
    expect([ann.takeAll(), bob.takeAll(), eve.takeAll()]).toEqual([[said], [said], []]);
    expect(stage.chat.relayed).toEqual({ messages: 1, deliveries: 2 });
  });

  it.each(['leaves', 'vanishes'])('tells those who stay when somebody %s, and forgets the name', (how) => {
    const bob = stage.come();
    bob.ask(join('bob'));
    ann.takeAll();
    if (how === 'leaves') expect(bob.ask({ type: 'leave', id: 2 })).toEqual({ type: 'ok', id: 2 });
    else bob.vanish();
    expect(ann.takeAll()).toEqual([
      { type: 'notice', room: 'a', text: 'bob has left; 1 are here' },
      { type: 'users', room: 'a', count: 1, users: ['ann'] },
    ]);
    expect(stage.membersOf('a')).toEqual([ann]);
    expect(stage.come().ask(join('bob'))).toMatchObject({ type: 'ok' });
  });

  it.each([
    ['a name that is taken', join('ann'), 'somebody in room a is called ann already'],
    ['an empty name', join('  '), 'a name is not empty'],
    ['no name', { type: 'join', room: 'a' }, 'a name is not empty'],
    ['a name that is no text', join({ toString: 1 }), 'a name is not empty'],
    ['an endless name', join('x'.repeat(65)), 'a name has at most 64 characters'],
    ['control characters in a name', join('a\u001b[2J'), 'a name has no control characters'],
    ['a name that reads backwards', join('a\u202eb'), 'a name has no control characters'],
    ['a line end in a room', join('bob', 'a\u2028b'), 'a room has no control characters'],
    ['an empty room', join('bob', ''), 'a room is not empty'],
    ['saying before joining', { type: 'say', text: 'hello' }, 'you are in no room'],
    ['leaving before joining', { type: 'leave' }, 'you are in no room'],
    ['an unknown type', { type: 'constructor' }, 'a request is of type join, say or leave'],
    ['garbage', '{"type":"jo', 'a request is a JSON object'],
    ['an array', '[1]', 'a request is a JSON object'],
    ['null', 'null', 'a request is a JSON object'],
    ['a prototype', '{"__proto__":{"type":"leave"}}', 'a request is of type join, say or leave'],
    ['brackets without end', '['.repeat(100_000), 'a request is a JSON object'],
  ])('refuses %s, and nothing changes', (_, request, why) => {
    const bob = stage.come();
    expect(bob.ask(request)).toMatchObject({ type: 'refused', why });
    expect([bob.takeAll(), ann.takeAll()]).toEqual([[], []]);
    expect(stage.membersOf('a')).toEqual([ann]);
    expect(bob.ask(join('bob'))).toMatchObject({ type: 'ok' });
  });

  it.each([
    ['joining twice', join('ann'), 'you are in room a already, as ann'],
    ['joining a second room', join('ann', 'b'), 'you are in room a already, as ann'],
    ['saying nothing', { type: 'say', text: '' }, 'there is nothing to say'],
    ['saying blanks', { type: 'say', text: ' \n' }, 'there is nothing to say'],
    ['saying what is no text', { type: 'say', text: ['x'] }, 'there is nothing to say'],
    [
      'saying too much',
      { type: 'say', text: 'x'.repeat(2 ** 20 + 1) },
      'a message has at most 1048576 bytes',
    ],
  ])('refuses %s of a member, who stays one', (_, request, why) => {
    expect(ann.ask(request)).toMatchObject({ type: 'refused', why });
    expect(ann.takeAll()).toEqual([]);
    expect([stage.membersOf('a'), stage.membersOf('b')]).toEqual([[ann], []]);
    expect(stage.chat.relayed.messages).toBe(0);
    expect(ann.ask({ type: 'say', text: 'still here' })).toMatchObject({ type: 'ok' });
  });

  it('refuses to let go of somebody twice', () => {
    expect(ann.ask({ type: 'leave', id: 1 })).toEqual({ type: 'ok', id: 1 });
    expect(ann.ask({ type: 'leave', id: 2 })).toEqual({ type: 'refused', id: 2, why: 'you are in no room' });
    ann.vanish();
    expect(stage.membersOf('a')).toEqual([]);
  });

  it('answers by a message where the transport has no other way, and refuses bytes', () => {
    stage.chat.app.received(ann, '{"type":"say","id":"5","text":"hello"}');
    stage.chat.app.received(ann, Buffer.from('{"type":"leave"}'));
    expect(ann.takeAll()).toEqual([
      { type: 'said', room: 'a', name: 'ann', text: 'hello' },
      { type: 'ok', id: null },
      { type: 'refused', id: null, why: 'a request is text, not bytes' },
    ]);
  });

  it('lists a large room to the newcomer alone, and cut short', () => {
    for (let index = 1; index < 100; index++) stage.come().ask(join(`client-${index}`));
    ann.takeAll();
    const last = stage.come();
    last.ask(join('the last'));
    expect(ann.takeAll()).toEqual([{ type: 'notice', room: 'a', text: 'the last has come; 101 are here' }]);
    const list = last.takeAll().find(({ type }) => type === 'users');
    expect(list).toMatchObject({ count: 101 });
    expect(list?.users).toHaveLength(100);
  });
});

it('reads whatever comes without harm', () => {
  let seed = 1;
  const random = () => {
    seed = (seed * 16807) % 2147483647;
    return seed / 2147483647;
  };
  const pick = (from: readonly string[]) => from[Math.floor(random() * from.length)] ?? '';
  const pieces = [
    '{',
    '}',
    '"type"',
    ':',
    '"join"',
    '"say"',
    ',',
    '"id"',
    '1e999',
    '[',
    ']',
    '"\\ud800"',
    'null',
    '"text"',
    '\\',
  ];
  for (let round = 0; round < 5_000; round++) {
    const text = Array.from({ length: Math.floor(random() * 12) }, () => pick(pieces)).join('');
    expect(['join', 'say', 'leave', 'refused']).toContain(readRequest(text).type);
  }
});
