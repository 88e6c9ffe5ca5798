import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/contracts.ts';
import { longpoll } from '../../src/transports/longpoll/index.ts';
import { polling } from '../../src/transports/polling/index.ts';
import { sse } from '../../src/transports/streaming/index.ts';
import { withBothCrowds } from './crowds.ts';
import { arrived, clientOptions, listen, serve } from './harness.ts';

const MESSAGES = 300;
const PENDING = 10;
/** Connections are cut after so many bytes at most, in either direction. */
const MOST_BYTES = 6_000;

const CASES = withBothCrowds([polling, longpoll, sse]);

describe.each(CASES)('$crowd $transport.name over a line that is cut again and again', ({ transport }) => {
  it('loses nothing and repeats nothing, either way', async () => {
    const host = await serve(transport);
    const relay = await cuttingRelay(Number(host.url.port));
    const inbox: Message[] = [];
    const open = await transport.client();
    const connection = await open(
      new URL(`http://127.0.0.1:${relay.port}/`),
      { message: (message) => inbox.push(message), closed: (why) => inbox.push(`closed: ${why}`) },
      clientOptions({ random: relay.random }),
    );
    relay.begin();
    const down = Array.from({ length: MESSAGES }, (_, index) => `down ${index} ${'é'.repeat(index % 50)}`);
    const up = Array.from({ length: MESSAGES }, (_, index) => `up ${index}`);
    for (let index = 0; index < MESSAGES; index++) {
      host.side.publish('all', down[index] ?? '');
      connection.send(up[index] ?? '');
      // What is pending must fit between two cuts.
      await arrived(inbox, index - PENDING);
    }
    await arrived(inbox, MESSAGES);
    await arrived(host.app.inbox, MESSAGES);
    expect(relay.cuts()).toBeGreaterThan(3);
    expect(inbox).toEqual(down);
    expect(host.app.inbox.map(({ message }) => message)).toEqual(up);
    expect(host.app.ended).toEqual([]);
    await connection.close();
    await relay.close();
    await host.close();
  });
});

/** Passes bytes on, but, once begun, cuts each connection after a number of them drawn at random. */
async function cuttingRelay(target: number) {
  let state = 7;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const sockets = new Set<Socket>();
  let cutting = false;
  let cuts = 0;
  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1');
    let left = Math.floor(random() * MOST_BYTES);
    const pass = (from: Socket, to: Socket) => {
      sockets.add(from);
      from.on('error', () => {});
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
      from.on('data', (bytes: Buffer) => {
        if (near.destroyed) return;
        if (!cutting || bytes.length < left) {
          to.write(bytes);
          left -= bytes.length;
        } else {
          cuts++;
          to.write(bytes.subarray(0, left), () => near.destroy());
        }
      });
    };
    pass(near, far);
    pass(far, near);
  });
  return {
    port: await listen(server),
    random,
    begin: () => {
      cutting = true;
    },
    cuts: () => cuts,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
