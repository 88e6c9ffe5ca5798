import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import type { Link } from '../../../src/contracts.ts';
import { nowNs } from '../../../src/instrument/clock.ts';
import { NO_LINK } from '../../../src/instrument/link/way.ts';
import { allOf, cleanups, client, echo, msSince, noise, relayTo, serve } from './sockets.ts';

const FAR: Link = { rttMs: 60, jitterMs: 0, bandwidthBitsPerSecond: 0 };

test.each<[string, Link]>([
  ['a distance', FAR],
  ['a distance with jitter', { ...FAR, jitterMs: 30 }],
  ['a narrow link', { rttMs: 2, jitterMs: 1, bandwidthBitsPerSecond: 2e8 }],
  ['nothing', NO_LINK],
])('bytes pass %s untouched and in order, both ways at once, and both ends are told', async (_, link) => {
  const [up, down] = [noise(3_000_000, 1), noise(3_000_000, 2)];
  const received: Promise<Buffer>[] = [];
  const { port } = await relayTo(
    await serve((socket) => {
      received.push(allOf(socket));
      socket.end(down);
    }, true),
    link,
  );
  const socket = await client(port);
  // Parts of all sizes, some of which wait for others.
  for (let at = 0, size = 1; at < up.length; at += size, size = (size * 3) % 50_021) {
    socket.write(up.subarray(at, at + size));
  }
  socket.end();
  const hash = (bytes: Buffer | undefined) =>
    createHash('sha1')
      .update(bytes ?? '')
      .digest('hex');
  expect(hash(await allOf(socket))).toBe(hash(down));
  expect(hash(await received[0])).toBe(hash(up));
});

test('an answer takes two round trips on a new connection and one from then on, never less', async () => {
  const { port } = await relayTo(await serve(echo), FAR);
  const startNs = nowNs();
  const socket = await client(port);
  socket.write('first');
  await once(socket, 'data');
  expect(msSince(startNs)).toBeGreaterThanOrEqual(2 * FAR.rttMs);
  for (const word of ['second', 'third']) {
    const sentNs = nowNs();
    socket.write(word);
    expect(String((await once(socket, 'data'))[0])).toBe(word);
    expect(msSince(sentNs)).toBeGreaterThanOrEqual(FAR.rttMs);
  }
});

test('parts that follow each other closely are each held for all of the distance', async () => {
  const { port } = await relayTo(await serve(echo), FAR);
  const socket = await client(port);
  const sentNs: number[] = [];
  const waitsMs: number[] = [];
  socket.on('data', (bytes: Buffer) => {
    for (const number of bytes) waitsMs.push(msSince(sentNs[number] ?? Number.NaN));
  });
  for (let number = 0; number < 150; number++) {
    sentNs.push(nowNs());
    socket.write(Uint8Array.of(number));
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  socket.end();
  await once(socket, 'end');
  expect(waitsMs.length).toBe(150);
  expect(Math.min(...waitsMs)).toBeGreaterThanOrEqual(FAR.rttMs);
});

test('a half-closed connection still carries the answer', async () => {
  const { port } = await relayTo(
    await serve(async (socket) => socket.end(`got ${(await allOf(socket)).length}`), true),
    FAR,
  );
  const socket = await client(port);
  socket.end('x'.repeat(70_000));
  expect(String(await allOf(socket))).toBe('got 70000');
});

test.each(['client', 'server'] as const)(
  'a reset by the %s reaches the other side, after what was sent',
  async (who) => {
    const seen = Promise.withResolvers<{ socket: Socket; heard: () => string }>();
    const hear = (socket: Socket) => {
      let heard = '';
      socket.on('data', (part) => {
        heard += part;
      });
      return { socket, heard: () => heard };
    };
    const { port } = await relayTo(await serve((socket) => seen.resolve(hear(socket))), FAR);
    const near = hear(await client(port));
    const far = await seen.promise;
    // Until the handshake is over nothing leaves, and then the reset would leave with the words.
    far.socket.write('welcome');
    await once(near.socket, 'data');
    const [sender, receiver] = who === 'client' ? [near, far] : [far, near];
    sender.socket.write('last words');
    await new Promise((resolve) => setTimeout(resolve, 10));
    const failed = new Promise((resolve) => receiver.socket.once('error', resolve));
    const startNs = nowNs();
    sender.socket.resetAndDestroy();
    expect(await failed).toMatchObject({ code: 'ECONNRESET' });
    expect(msSince(startNs)).toBeGreaterThanOrEqual(FAR.rttMs / 2);
    expect(receiver.heard()).toMatch(/last words$/);
  },
);

test('a target that refuses is a reset, and the relay goes on', async () => {
  const port = await serve(() => undefined);
  await cleanups.pop()?.();
  const relay = await relayTo(port, FAR);
  for (const _ of [1, 2]) {
    const socket = await client(relay.port);
    socket.resume();
    expect(await new Promise((resolve) => socket.once('close', resolve))).toBe(true);
  }
});

test('a receiver that does not read makes the sender wait', async () => {
  let paused: Socket | undefined;
  const { port } = await relayTo(
    await serve((socket) => {
      paused = socket.pause();
    }),
    FAR,
  );
  const socket = await client(port);
  const part = Buffer.alloc(1 << 20, 'x');
  let sent = 0;
  let waits = false;
  // The kernel's own buffers on both sides of the relay take some of it.
  while (!waits) {
    sent += 1;
    if (socket.write(part)) continue;
    const drained = once(socket, 'drain').then(() => false);
    waits = await Promise.race([drained, new Promise<boolean>((resolve) => setTimeout(resolve, 300, true))]);
    expect(sent).toBeLessThan(64);
  }
  socket.end();
  expect(paused).toBeDefined();
  let received = 0;
  paused?.on('data', (bytes: Buffer) => {
    received += bytes.length;
  });
  paused?.resume();
  if (paused) await once(paused, 'end');
  expect(received).toBe(sent << 20);
});

test('two connections of one client share its bandwidth, another client has its own', async () => {
  const bytes = 100_000;
  const link = { rttMs: 0, jitterMs: 0, bandwidthBitsPerSecond: 4e6 };
  const aloneMs = (bytes * 8000) / link.bandwidthBitsPerSecond;
  const { port } = await relayTo(await serve((socket) => socket.end(Buffer.alloc(bytes))), link);
  const startNs = nowNs();
  const load = async (address: string) => {
    const { length } = await allOf(await client(port, address));
    expect(length).toBe(bytes);
    return msSince(startNs);
  };
  const [one = 0, two = 0, stranger = 0] = await Promise.all(
    ['127.0.0.2', '127.0.0.2', '127.0.0.3'].map(load),
  );
  expect(Math.max(one, two)).toBeGreaterThanOrEqual(2 * aloneMs);
  expect(stranger).toBeGreaterThanOrEqual(aloneMs);
  expect(stranger).toBeLessThan(Math.max(one, two));
});

test('six hundred connections at once all get their own answer, none before it is due', async () => {
  const { relay, port } = await relayTo(await serve(echo), FAR);
  const startNs = nowNs();
  const instantsNs = [0, 100, 200, 201].map((ms) => startNs + ms * 1e6);
  await relay.ask('arm', { instantsNs });
  const ask = async (index: number) => {
    const socket = await client(port, `127.0.0.${2 + (index % 200)}`);
    const waitsMs: number[] = [];
    for (const round of [1, 2, 3]) {
      const sentNs = nowNs();
      socket.write(`${index} ${round}`);
      const [bytes] = await once(socket, 'data');
      expect(String(bytes)).toBe(`${index} ${round}`);
      waitsMs.push(msSince(sentNs));
    }
    return Math.min(...waitsMs);
  };
  const least = await Promise.all(Array.from({ length: 600 }, (_, index) => ask(index)));
  expect(least.length).toBe(600);
  expect(Math.min(...least)).toBeGreaterThanOrEqual(FAR.rttMs);
  const { link, readings } = await relay.ask('collect', null);
  expect(readings.length).toBe(4);
  expect(link.connections).toBeGreaterThan(0);
  expect(link.lateP50Ms).toBeGreaterThan(0);
  expect(link.lateP99Ms).toBeGreaterThanOrEqual(link.lateP50Ms);
});

test('the relay ends with the process that started it', async () => {
  const { relay } = await relayTo(await serve(echo), FAR);
  await relay.end();
  expect(() => process.kill(relay.pid, 0)).toThrow('ESRCH');
});
