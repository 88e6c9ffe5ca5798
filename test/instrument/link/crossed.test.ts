import { once } from 'node:events';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { expect, test } from 'vitest';
import { NO_LINK } from '../../../src/instrument/link/way.ts';
import { until } from '../../transports/harness.ts';
import { cleanups, client, echo, noise, relayTo, serve } from './sockets.ts';

const HAS_IPV6 = Object.values(networkInterfaces())
  .flat()
  .some((one) => one?.address === '::1');

test('connections and bytes are counted for each target, those of closed connections too', async () => {
  const greeting = noise(1000, 1);
  const [answering, greeted] = [await serve(echo), await serve((socket) => socket.end(greeting))];
  const targets = [answering, greeted].map((port) => ({ host: '127.0.0.1', port }));
  const { relay, port } = await relayTo(answering, NO_LINK, { targets });
  const crossed = () => relay.ask('crossed', null);
  const nothing = { connections: 0, opened: 0, bytesUp: 0, bytesDown: 0 };
  expect(await crossed()).toEqual([nothing, nothing]);

  const [one, other] = [await client(port), await client(port)];
  one.write(noise(70_000, 2));
  other.write('five!');
  one.resume();
  other.resume();
  await until('all is back', () => one.bytesRead === 70_000 && other.bytesRead === 5);
  expect(await crossed()).toEqual([
    { connections: 2, opened: 2, bytesUp: 70_005, bytesDown: 70_005 },
    nothing,
  ]);
  one.destroy();
  await expect
    .poll(async () => (await crossed())[0])
    .toEqual({ connections: 1, opened: 2, bytesUp: 70_005, bytesDown: 70_005 });
});

test.skipIf(!HAS_IPV6)('clients of other addresses come where it listens for them', async () => {
  const seen: (string | undefined)[] = [];
  const target = await serve((socket) => {
    seen.push(socket.remoteAddress);
    socket.end('welcome');
  });
  const { port } = await relayTo(target, NO_LINK, { host: '::' });
  for (const host of ['::1', '127.0.0.1']) {
    const socket = connect({ host, port });
    cleanups.push(() => socket.destroy());
    expect(String((await once(socket, 'data'))[0])).toBe('welcome');
  }
  expect(seen).toEqual(['127.0.0.1', '127.0.0.1']);
});
