import { connect, createServer, type Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import type { Message } from '../../../../src/contracts.ts';
import { socketio, socketioPolling, socketioWebsocket } from '../../../../src/transports/socketio/index.ts';
import { arrived, listen, serve, until } from '../../harness.ts';

const MESSAGES: readonly Message[] = [
  'plain',
  'two\nlines "and" ünicode 🎈',
  Buffer.of(1, 2, 30),
  '',
  'x'.repeat(300),
];

it.each([socketioPolling, socketioWebsocket, socketio])(
  '$name hears a real server the same when each byte comes alone',
  async (transport) => {
    const host = await serve({ ...transport, client: transport.leanClient }, { recovery: true });
    host.app.received = (_peer, message, answer?: (reply: Message) => void) => answer?.(message);
    const sockets = new Set<Socket>();
    const dripping = createServer((near) => {
      const far = connect(Number(host.url.port), '127.0.0.1');
      near.setNoDelay();
      for (const socket of [near, far]) sockets.add(socket.on('error', () => {}));
      near.pipe(far);
      let dripped = Promise.resolve();
      far.on('data', (bytes: Buffer) => {
        dripped = dripped.then(async () => {
          for (const byte of bytes) {
            near.write(Buffer.of(byte));
            await new Promise(setImmediate);
          }
        });
      });
    });
    const url = new URL(`http://127.0.0.1:${await listen(dripping)}/`);
    onTestFinished(async () => {
      for (const socket of sockets) socket.destroy();
      dripping.close();
      await host.close();
    });
    const { connection, inbox, turns } = await host.connect({}, url);
    await until('settled', () => connection.carrying === transport.carries);
    for (const message of MESSAGES) host.side.publish('all', message);
    await arrived(inbox, MESSAGES.length);
    for (const message of MESSAGES) connection.ask?.(message);
    await arrived(inbox, 2 * MESSAGES.length);
    expect(inbox).toEqual([...MESSAGES, ...MESSAGES]);
    expect(turns).toEqual([]);
  },
);
