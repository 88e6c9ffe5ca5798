import { createServer, type Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { chatClient } from '../../../src/applications/chat/client.ts';
import { ChatServer } from '../../../src/applications/chat/server.ts';
import type { Heard, Part } from '../../../src/applications/index.ts';
import type { Connection, Message, ServerSide, Transport } from '../../../src/contracts.ts';
import { sourceOf } from '../../../src/message.ts';
import { transports } from '../../../src/transports/index.ts';
import { clientOptions, listen, TEST_OPTIONS, until } from '../../transports/harness.ts';
import { chatScenario } from './scenario.ts';

const SCENARIO = chatScenario({ clients: 7, roomSize: 3 });

/** One client of a real transport: its part in the chat, and what came of it. */
interface Guest {
  readonly part: Part;
  readonly connection: Connection;
  readonly inbox: Message[];
  readonly heard: Heard[];
}

/** A chat on a real http.Server over one transport. */
class House {
  readonly chat = new ChatServer(null, 20);
  readonly #half = chatClient(SCENARIO);
  readonly #guests: Guest[] = [];
  readonly #transport: Transport;
  readonly #http: Server = createServer({ noDelay: true, keepAliveTimeout: 75_000 });
  #side: ServerSide | undefined;
  #url = new URL('http://127.0.0.1/');

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  async open(): Promise<void> {
    const attach = await this.#transport.server();
    this.#side = attach(this.#http, { ...this.chat.app, answered: () => undefined }, TEST_OPTIONS);
    this.chat.serve(this.#side);
    this.#url = new URL(`http://127.0.0.1:${await listen(this.#http)}/`);
  }

  async come(index: number): Promise<Guest> {
    const part = this.#half.part(index);
    const [inbox, heard]: [Message[], Heard[]] = [[], []];
    const message = (one: Message) => {
      inbox.push(one);
      heard.push(part.hear(one));
    };
    const connect = await this.#transport.client();
    const connection = await connect(this.#url, { message, closed: () => {} }, clientOptions());
    const guest = { part, connection, inbox, heard };
    this.#guests.push(guest);
    return guest;
  }

  async close(): Promise<void> {
    await Promise.all(this.#guests.map(({ connection }) => connection.close()));
    await this.#side?.close();
    this.#http.close();
    this.#http.closeAllConnections();
  }
}

function ask({ connection }: Guest, request: unknown): void {
  const text = typeof request === 'string' ? request : JSON.stringify(request);
  if (connection.ask === undefined) connection.send(text);
  else connection.ask(text);
}

function repliesTo({ inbox }: Guest): string[] {
  const replies = inbox.map((message) => JSON.parse(String(message)));
  return replies.flatMap(({ type, why }) => (type === 'ok' ? ['ok'] : type === 'refused' ? [why] : []));
}

function said({ heard }: Guest): string[] {
  return heard.flatMap((one) =>
    typeof one === 'string' ? [] : [`${one.stamp.source}:${one.stamp.sequence}:${one.bytes}`],
  );
}

describe.each(transports)('a chat by $name', (transport) => {
  let house: House;
  afterEach(() => house.close());

  it('brings everything to exactly the members of each room', async () => {
    house = new House(transport);
    await house.open();
    const guests = await Promise.all(Array.from({ length: 7 }, (_, index) => house.come(index)));
    await Promise.all(guests.map(({ part, connection }) => part.enter?.(connection)));
    const audiences: number[] = [];
    for (let sequence = 0; sequence < 3; sequence++) {
      for (const [index, { part, connection }] of guests.entries()) {
        const stamp = { source: sourceOf(index), sequence, dueUs: 5 };
        audiences.push(part.say?.(connection, stamp) ?? 0);
      }
    }
    const expected = (room: number) =>
      [0, 1, 2, 3, 4, 5, 6]
        .filter((index) => index % 2 === room)
        .flatMap((index) => [0, 1, 2].map((sequence) => `${sourceOf(index)}:${sequence}:64`))
        .sort();
    await until('all messages', () =>
      guests.every((guest, index) => said(guest).length >= (index % 2 === 0 ? 12 : 9)),
    );
    for (const [index, guest] of guests.entries()) {
      expect(said(guest).sort()).toEqual(expected(index % 2));
      expect(guest.heard.filter((one) => one === 'misdirected' || one === 'unreadable')).toEqual([]);
    }
    expect(audiences.reduce((sum, audience) => sum + audience, 0)).toBe(house.chat.relayed.deliveries);
    await Promise.all(guests.map(({ part, connection }) => part.leave?.(connection)));
    const again = await house.come(0);
    await again.part.enter?.(again.connection);
  });

  it('answers bad requests one by one, lives on, and tells of who vanishes', async () => {
    house = new House(transport);
    await house.open();
    const [ann, bob] = [await house.come(0), await house.come(2)];
    await ann.part.enter?.(ann.connection);
    const requests = [
      'garbage',
      { type: 'say', text: 'before joining' },
      { type: 'join', room: '0', name: 'client-0' },
      { type: 'join', room: '0', name: 'bob\u0007' },
      { type: 'join', room: '0', name: 'bob' },
      { type: 'join', room: '0', name: 'bob' },
      { type: 'say', text: '' },
      { type: 'say', text: 'x'.repeat(2 ** 20 + 1) },
    ];
    for (const request of requests) ask(bob, request);
    await until('the replies', () => repliesTo(bob).length >= requests.length);
    expect(repliesTo(bob)).toEqual([
      'a request is a JSON object',
      'you are in no room',
      'somebody in room 0 is called client-0 already',
      'a name has no control characters',
      'ok',
      'you are in room 0 already, as bob',
      'there is nothing to say',
      'a message has at most 1048576 bytes',
    ]);
    await bob.connection.close();
    const told = () => ann.inbox.map((message) => JSON.parse(String(message)));
    await until('the list without bob', () => told().at(-1)?.count === 1 && told().length > 5);
    expect(told().slice(-2)).toMatchObject([
      { type: 'notice', text: 'bob has left; 1 are here' },
      { type: 'users', count: 1, users: ['client-0'] },
    ]);
    expect(said(ann)).toEqual([]);
  });
});

describe('a client of a chat', () => {
  const part = chatClient(SCENARIO).part(0);
  const stamp = (index: number) => `${String(sourceOf(index)).padStart(4, '0')}000000000001`.padEnd(64, '.');
  const telling = (fields: object) => JSON.stringify(fields);

  it.each<[string, string, Heard | { readonly bytes: number }]>([
    ['what its room says', telling({ type: 'said', room: '0', name: 'x', text: stamp(2) }), { bytes: 64 }],
    [
      'what another room says',
      telling({ type: 'said', room: '1', name: 'x', text: stamp(1) }),
      'misdirected',
    ],
    [
      'what a stranger says as if here',
      telling({ type: 'said', room: '0', name: 'x', text: stamp(1) }),
      'misdirected',
    ],
    [
      'what its own says elsewhere',
      telling({ type: 'said', room: '1', name: 'x', text: stamp(2) }),
      'misdirected',
    ],
    ['what bears no stamp', telling({ type: 'said', room: '0', name: 'x', text: '?' }), 'unreadable'],
    ['a notice', telling({ type: 'notice', room: '0', text: 'x has come' }), 'aside'],
    ['a reply to nothing', telling({ type: 'ok', id: 99 }), 'aside'],
    ['what nobody knows', telling({ type: 'other' }), 'unreadable'],
    ['garbage', '{', 'unreadable'],
  ])('makes out %s', (_, message, heard) => {
    const found = part.hear(message);
    if (typeof heard === 'string') expect(found).toBe(heard);
    else expect(found).toMatchObject(heard);
  });
});
