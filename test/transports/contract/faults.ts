import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Transport, TransportOptions } from '../../../src/contracts.ts';
import { arrived, type Host, serve, until } from '../harness.ts';

const MAX_MESSAGE_BYTES = 64 << 10;
const RAW_ATTACKS: readonly (readonly [what: string, bytes: string | Buffer])[] = [
  ['noise', Buffer.from(Array.from({ length: 4_096 }, (_, index) => (index * 167 + 13) & 255))],
  ['half a request', 'GET / HTTP/1.1\r\nHost: x\r\nX-Half'],
  ['half a body', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{"half'],
  ['a broken URL', 'GET /%zz?cursor=%&sid=%00&x[]=] HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
  ['a foreign method', 'PATCH //// HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
  [
    'an upgrade to nothing',
    'GET /nowhere HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  ],
];

/** What a transport survives: cut connections and hostile input. */
export function faults(transport: Transport, overrides: Partial<TransportOptions>): void {
  describe('faults', () => {
    let host: Host;
    beforeEach(async () => {
      host = await serve(transport, { ...overrides, maxMessageBytes: MAX_MESSAGE_BYTES });
    });
    afterEach(() => host.close());

    it(
      transport.resumes ? 'resumes after a cut, and misses nothing' : 'says so when the connection is cut',
      async () => {
        const client = await host.connect();
        host.side.publish('all', 'before');
        await arrived(client.inbox, 1);
        host.cut();
        for (let index = 0; index < 20; index++) host.side.publish('all', `meanwhile ${index}`);
        if (transport.resumes) {
          await arrived(client.inbox, 21);
          host.side.publish('all', 'after');
          await arrived(client.inbox, 22);
          expect(client.inbox).toEqual([
            'before',
            ...Array.from({ length: 20 }, (_, index) => `meanwhile ${index}`),
            'after',
          ]);
          expect([client.ended, host.app.ended]).toEqual([[], []]);
          // A client between two requests has nothing to lose.
          const told = transport.family === 'polling' ? [] : ['interrupted', 'resumed'];
          expect(client.turns).toEqual(told);
        } else if (transport.family === 'socketio') {
          await until('a new peer', () => host.app.peers.length === 2);
          host.side.publish('all', 'after');
          await until('what came after', () => client.inbox.includes('after'));
          expect([client.turns, client.ended]).toEqual([['interrupted', 'renewed'], []]);
          expect(host.app.endings(client.peer)).toHaveLength(1);
        } else {
          await until('closed on both sides', () => client.ended.length + host.app.ended.length >= 2);
          expect(client.ended).toHaveLength(1);
          expect(host.app.endings(client.peer)).toHaveLength(1);
        }
      },
    );

    it('refuses a message that is too large, and goes on', async () => {
      const [greedy, other] = [await host.connect(), await host.connect()];
      greedy.connection.send('x'.repeat(4 * MAX_MESSAGE_BYTES));
      greedy.connection.send(new Uint8Array(4 * MAX_MESSAGE_BYTES));
      await stillServes();
      expect(host.app.from(greedy.peer)).toEqual([]);
      expect(host.app.endings(other.peer)).toEqual([]);
    });

    it.each(RAW_ATTACKS)('survives %s', async (_what, bytes) => {
      const socket = connect(Number(host.url.port), '127.0.0.1');
      const closed = once(socket, 'close');
      socket
        .on('error', () => {})
        .resume()
        .write(bytes);
      await stillServes();
      socket.destroy();
      await closed;
      await stillServes();
    });

    it('answers a request for what it does not have', async () => {
      const { status } = await fetch(new URL('/no/such/thing?x=1', host.url), {
        headers: { connection: 'close' },
      });
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
    });

    async function stillServes(): Promise<void> {
      const { connection, inbox, peer } = await host.connect();
      connection.send('up');
      peer.send('down');
      await arrived(inbox, 1);
      await until('its message', () => host.app.from(peer).length === 1);
      expect([inbox, host.app.from(peer)]).toEqual([['down'], ['up']]);
      await connection.close();
    }
  });
}
