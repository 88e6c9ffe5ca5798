import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Transport, TransportOptions } from '../../../src/contracts.ts';
import { RtbenchError } from '../../../src/errors.ts';
import { inWords } from '../crowds.ts';
import { arrived, clientOptions, type Host, listen, serve, until } from '../harness.ts';

const LIVES = [
  'clients close first',
  'the server closes first',
  'a client is refused',
  'a client is forgotten',
];

/** How a connection begins and ends, and what is left of it. */
export function connections(transport: Transport, overrides: Partial<TransportOptions>): void {
  describe('connections', () => {
    let host: Host;
    beforeEach(async () => {
      host = await serve(transport, overrides);
    });
    afterEach(() => host.close());

    it('comes to carry what it says it carries', async () => {
      const { connection } = await host.connect();
      await until(`carrying ${transport.carries}`, () => connection.carrying === transport.carries);
    });

    it('holds no more sockets than it says while it receives', async () => {
      const { connection, inbox } = await host.connect();
      await until(`carrying ${transport.carries}`, () => connection.carrying === transport.carries);
      let most = 0;
      for (let index = 0; index < 50; index++) {
        host.side.publish('all', `down ${index}`);
        await arrived(inbox, index + 1);
        most = Math.max(most, host.sockets.size);
      }
      expect(most).toBeLessThanOrEqual(transport.socketsPerClient);
    });

    it('tells the application once when a client closes, and writes to nobody', async () => {
      const [one, two] = [await host.connect(), await host.connect()];
      await one.connection.close();
      await until('the end of one', () => host.app.endings(one.peer).length > 0);
      one.peer.send('too late');
      one.peer.join('all');
      host.side.publish('all', 'after');
      await arrived(two.inbox, 1);
      expect(host.app.endings(one.peer)).toHaveLength(1);
      expect(host.app.endings(two.peer)).toHaveLength(0);
      expect([one.inbox, one.ended, two.inbox]).toEqual([[], [], ['after']]);
      await one.connection.close();
    });

    // socket.io lets go of events that reach it together with their sender's goodbye.
    it.skipIf(transport.family === 'socketio')('hands over what was sent before it closes', async () => {
      const { connection, peer } = await host.connect();
      connection.send('last words');
      await connection.close();
      await until('the end', () => host.app.endings(peer).length > 0);
      expect(host.app.from(peer)).toEqual(['last words']);
    });

    it('leaves the server no socket once its clients have closed', async () => {
      const clients = [await host.connect(), await host.connect()];
      clients[0]?.connection.send('hello');
      await Promise.all(clients.map(({ connection }) => connection.close()));
      await until('no socket', () => host.sockets.size === 0);
      expect(host.app.ended).toHaveLength(2);
    });

    it('is cut off without a word, and only the server that nobody resumes at takes it for gone', async () => {
      const [one, two] = [await host.connect(), await host.connect()];
      one.connection.send('hello');
      await until('hello', () => host.app.from(one.peer).length > 0);
      await one.connection.cut();
      if (!transport.resumes) await until('the end of one', () => host.app.endings(one.peer).length > 0);
      host.side.publish('all', 'after');
      await arrived(two.inbox, 1);
      expect([one.inbox, one.ended, two.ended]).toEqual([[], [], []]);
      expect(host.app.endings(one.peer)).toHaveLength(transport.resumes ? 0 : 1);
      await two.connection.cut();
      await until('no socket', () => host.sockets.size === 0);
    });

    it('is dropped by the application, once and for a reason, and nobody else is', async () => {
      const [one, two] = [await host.connect(), await host.connect()];
      one.peer.drop('enough');
      one.peer.drop('more than enough');
      await until('the end of one', () => host.app.endings(one.peer).length > 0);
      expect(host.app.endings(one.peer)).toEqual(['enough']);
      one.peer.send('too late');
      host.side.publish('all', 'after');
      await arrived(two.inbox, 1);
      await until('one is told', () => one.ended.length + one.turns.length > 0);
      expect([host.app.endings(one.peer), two.ended, two.turns]).toEqual([['enough'], [], []]);
    });

    it('tells the client when the server closes, unless it would resume', async () => {
      const client = await host.connect();
      await host.side.close();
      await host.stop();
      if (transport.family === 'socketio') {
        await until('interrupted', () => client.turns.length > 0);
        expect([client.turns, client.ended]).toEqual([['interrupted'], []]);
      } else if (!transport.resumes) {
        await until('closed', () => client.ended.length > 0);
        expect(client.ended).toHaveLength(1);
        expect(client.ended[0]).not.toBe('');
      }
      await client.connection.close();
      expect(client.ended.length).toBeLessThanOrEqual(1);
    });
  });

  describe('what is left', () => {
    it.each(LIVES)('is nothing that keeps the process alive: %s', async (life) => {
      const child = fork(
        new URL('./whole-life.ts', import.meta.url),
        [...inWords(transport), life, JSON.stringify(overrides)],
        { execArgv: ['--expose-gc'] },
      );
      const resources: unknown[] = [];
      child.on('message', (kinds) => resources.push(kinds));
      const [code] = await once(child, 'exit');
      expect({ code, resources }).toMatchObject({ code: 0 });
    });
  });

  describe('a connection that cannot be', () => {
    it('is refused when nobody listens', async () => {
      const server = createServer();
      const port = await listen(server);
      await new Promise((resolve) => server.close(resolve));
      await refused(port);
    });

    it('is refused by a server that does not know it', async () => {
      await refusedBy(createHttpServer((_request, response) => response.writeHead(404).end('no')));
    });

    it('is refused by what is no HTTP server', async () => {
      await refusedBy(
        createServer((socket) =>
          socket
            .on('error', () => {})
            .resume()
            .end('\u0000 garbage\r\n\r\n'),
        ),
      );
    });

    async function refusedBy(server: Server): Promise<void> {
      const port = await listen(server);
      try {
        await refused(port);
      } finally {
        await new Promise((resolve) => server.close(resolve));
      }
    }

    async function refused(port: number): Promise<void> {
      const connect = await transport.client();
      const ended: string[] = [];
      const events = { message: () => {}, closed: (why: string) => ended.push(why) };
      const opening = connect(new URL(`http://127.0.0.1:${port}/`), events, clientOptions(overrides));
      const error: unknown = await opening.then(
        () => new Error('connected'),
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(RtbenchError);
      expect(error).toMatchObject({ code: 'connect', message: expect.stringContaining(`127.0.0.1:${port}`) });
      expect(ended).toEqual([]);
    }
  });
}
