import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Message, Transport, TransportOptions } from '../../../src/contracts.ts';
import { arrived, type Host, serve, type TestClient, until } from '../harness.ts';

const TEXTS = [
  'x',
  'two\nlines\r\nand\rthree\n',
  '"quotes" \'and\' \\back\\slashes\\ \u0000\u001e\t',
  'emoji 🎈👩‍👩‍👧 and ü, 漢字, \u2028 and \u2029',
  'data: x\n\nid: 5\nevent: y\n\n: comment\n\n',
  '{"looks":"like JSON"}\n[1]',
  'bAAAA',
];
const EVERY_BYTE = Uint8Array.from({ length: 256 }, (_, index) => index);
const BINARIES = [
  Uint8Array.of(0),
  Uint8Array.of(10),
  EVERY_BYTE,
  new Uint8Array(EVERY_BYTE.buffer, 200, 30),
];
const SIZES = [1, 1 << 10, 64 << 10, 1 << 20];

/** Order, completeness, rooms, and messages that arrive as they were sent. */
export function delivery(transport: Transport, overrides: Partial<TransportOptions>): void {
  for (const tls of [false, true]) {
    describe(`delivery over ${tls ? 'https' : 'http'}`, () => {
      let host: Host;
      beforeEach(async () => {
        host = await serve(transport, overrides, { tls });
      });
      afterEach(() => host.close());

      it('publishes thousands in order, none lost, none twice', async () => {
        const clients = [await host.connect(), await host.connect(), await host.connect()];
        const sent = await publishMany(host, 3_000);
        for (const { inbox } of clients) await arrived(inbox, sent.length);
        for (const { inbox } of clients) expect(inbox).toEqual(sent);
      });

      it('receives in order from each client, and knows which it was', async () => {
        const [one, two] = [await host.connect(), await host.connect()];
        for (let index = 0; index < 500; index++) {
          one.connection.send(`one ${index}`);
          two.connection.send(`two ${index}`);
        }
        await arrived(host.app.inbox, 1_000);
        for (const [name, { peer }] of [['one', one] as const, ['two', two] as const]) {
          expect(host.app.from(peer)).toEqual(Array.from({ length: 500 }, (_, index) => `${name} ${index}`));
        }
      });

      it('carries text and bytes exactly, both ways', async () => {
        await roundTrip(host, await host.connect(), [...TEXTS, ...BINARIES]);
      });

      if (tls) return;

      it.each(SIZES)('carries %i bytes both ways', async (size) => {
        const bytes = Uint8Array.from({ length: size }, (_, index) => (index * 31) & 255);
        await roundTrip(host, await host.connect(), ['é'.repeat(size / 2) || 'e', bytes]);
      });

      it('misses nothing from the instant that connect resolves', async () => {
        for (let index = 0; index < 20; index++) {
          const { inbox, connection } = await host.connect();
          host.side.publish('all', `at once ${index}`);
          await arrived(inbox, 1);
          expect(inbox).toEqual([`at once ${index}`]);
          await connection.close();
        }
      });

      it('reaches exactly the members of a room', async () => {
        const [one, two, three] = [await host.connect(), await host.connect(), await host.connect()];
        one.peer.join('a');
        two.peer.join('a');
        two.peer.join('b');
        three.peer.join('b');
        host.side.publish('a', 'first to a');
        host.side.publish('b', 'first to b');
        host.side.publish('nobody is here', 'never');
        two.peer.leave('b');
        one.peer.join('b');
        host.side.publish('b', 'second to b');
        one.peer.leave('never joined');
        await closeWith(host, [one, two, three]);
        expect(contents(one)).toEqual(['first to a', 'second to b']);
        expect(contents(two)).toEqual(['first to a', 'first to b']);
        expect(contents(three)).toEqual(['first to b', 'second to b']);
      });

      it('sends to one peer alone', async () => {
        const [one, two] = [await host.connect(), await host.connect()];
        two.peer.send('for two');
        one.peer.send('for one');
        two.peer.send(EVERY_BYTE);
        await closeWith(host, [one, two]);
        expect(contents(one)).toEqual(['for one']);
        expect(contents(two)).toHaveLength(2);
        expect(contents(two)).toContain('for two');
      });

      it('delivers to whom the application writes as the peer opens', async () => {
        const opened = host.app.opened.bind(host.app);
        host.app.opened = (peer) => {
          opened(peer);
          peer.send('welcome');
        };
        const { inbox } = await host.connect();
        await arrived(inbox, 1);
        expect(inbox).toEqual(['welcome']);
      });
    });
  }
}

async function publishMany(host: Host, count: number): Promise<string[]> {
  const sent: string[] = [];
  for (let index = 0; index < count; index++) {
    const message = `message ${index} ${'.'.repeat(index % 64)}`;
    sent.push(message);
    host.side.publish('all', message);
    if (index % 100 === 99) await new Promise(setImmediate);
  }
  return sent;
}

async function roundTrip(host: Host, client: TestClient, messages: Message[]): Promise<void> {
  for (const message of messages) host.side.publish('all', message);
  for (const message of messages) client.peer.send(message);
  for (const message of messages) client.connection.send(message);
  await arrived(client.inbox, 2 * messages.length);
  await arrived(host.app.inbox, messages.length);
  expect(host.app.from(client.peer).map(plain)).toEqual(messages.map(plain));
  const came = client.inbox.map(plain);
  for (const message of messages) expect(came.filter((other) => other === plain(message))).toHaveLength(2);
}

/** Text and bytes as strings that differ, and that fail with a short message. */
function plain(message: Message): string {
  return typeof message === 'string' ? `text ${message}` : `bytes ${Buffer.from(message).toString('base64')}`;
}

/** Publishes an end to all and waits for it: what was not there by then does not come. */
async function closeWith(host: Host, clients: TestClient[]): Promise<void> {
  host.side.publish('all', 'end');
  await until('the end at each client', () => clients.every(({ inbox }) => inbox.includes('end')));
}

function contents({ inbox }: TestClient): Message[] {
  return inbox.filter((message) => message !== 'end').sort();
}
