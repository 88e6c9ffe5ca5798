import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Transport, TransportOptions } from '../../../src/contracts.ts';
import { arrived, type Host, serve, until } from '../harness.ts';
import { type Hole, holeBefore } from '../hole.ts';

const BEAT = { heartbeatMs: 60, heartbeatTimeoutMs: 300, holdMs: 60 };

/** How each side finds out that the other is gone, though nothing says so. */
export function liveness(transport: Transport, overrides: Partial<TransportOptions>): void {
  describe('liveness', () => {
    let host: Host;
    let hole: Hole;
    beforeEach(async () => {
      host = await serve(transport, { ...overrides, ...BEAT });
      hole = await holeBefore(host.url);
    });
    afterEach(async () => {
      await hole.close();
      await host.close();
    });

    it('keeps a connection on which nothing is said', async () => {
      const client = await host.connect({}, hole.url);
      const many = 5;
      const written = () => [...host.sockets].reduce((sum, { bytesWritten }) => sum + bytesWritten, 0);
      for (let sign = 0, before = written(); sign < many; sign++, before = written()) {
        await until('a sign of life', () => written() !== before);
      }
      host.side.publish('all', 'still here');
      await arrived(client.inbox, 1);
      expect([client.turns, client.ended, host.app.ended]).toEqual([[], [], []]);
    });

    it('a client finds out that its server has vanished', async () => {
      const client = await host.connect({}, hole.url);
      await until(`carrying ${transport.carries}`, () => client.connection.carrying === transport.carries);
      hole.open();
      await until('it noticed', () => client.ended.length + client.turns.length > 0);
      for (let index = 0; index < 20; index++) host.side.publish('all', String(index));
      hole.end();
      if (transport.resumes) {
        await arrived(client.inbox, 20);
        await until('it told', () => client.turns.length === 2);
        expect(client.inbox).toEqual(Array.from({ length: 20 }, (_, index) => String(index)));
        expect([client.turns, client.ended]).toEqual([['interrupted', 'resumed'], []]);
      } else if (transport.family === 'socketio') {
        await until('a new peer', () => client.turns.length === 2);
        expect([client.turns, client.ended]).toEqual([['interrupted', 'renewed'], []]);
      } else {
        expect(client.ended).toEqual([expect.stringContaining('silent for')]);
      }
    });

    it.runIf(['websocket', 'socketio'].includes(transport.family))(
      'a server finds out that its client has vanished, and keeps the others',
      async () => {
        const [gone, other] = [await host.connect({}, hole.url), await host.connect()];
        hole.open();
        await until('it noticed', () => host.app.endings(gone.peer).length > 0);
        host.side.publish('all', 'still here');
        await arrived(other.inbox, 1);
        expect([host.app.endings(gone.peer).length, host.app.endings(other.peer)]).toEqual([1, []]);
      },
    );
  });
}
