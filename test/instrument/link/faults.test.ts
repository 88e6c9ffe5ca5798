import { once } from 'node:events';
import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { nowNs } from '../../../src/instrument/clock.ts';
import type { LinkFault } from '../../../src/instrument/link/faults/names.ts';
import { NO_LINK } from '../../../src/instrument/link/way.ts';
import { cleanups, client, echo, msSince, relayTo, serve } from './sockets.ts';

/** Everything that a socket hears, and what ends it. */
function hear(socket: Socket) {
  const heard = { text: '', over: false };
  const over = new Promise<string>((resolve) => {
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    socket.once('end', () => resolve('end'));
  }).finally(() => {
    heard.over = true;
  });
  const until = (wanted: string) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!heard.text.includes(wanted)) return;
        socket.off('data', look);
        resolve();
      };
      socket.on('data', look);
      look();
    });
  socket.on('data', (bytes: Buffer) => {
    heard.text += bytes.toString('latin1');
  });
  return { socket, heard, over, until };
}

/** A relay before a server, with what comes to the server. */
async function stand(onConnection: (socket: Socket) => void, looksIn = false) {
  const arrived: ReturnType<typeof hear>[] = [];
  const port = await serve((socket) => {
    arrived.push(hear(socket));
    onConnection(socket);
  }, true);
  const { relay, port: near } = await relayTo(port, NO_LINK, { looksIn });
  const turn = (fault: LinkFault, begins: boolean, addresses: readonly string[] = []) =>
    relay.ask('fault', { fault, begins, addresses });
  const come = async (address?: string) => hear(await client(near, address));
  const talk = async (word: string, address?: string) => {
    const one = await come(address);
    one.socket.write(word);
    await one.until(word);
    return one;
  };
  return { arrived, turn, come, talk, relay };
}

/** Long enough for what would come to have come: another connection has gone there and back. */
async function aWhile(port: number): Promise<void> {
  const other = hear(await client(port));
  for (const word of ['one', 'two', 'three']) {
    other.socket.write(word);
    await other.until(word);
  }
}

test('link-cut resets every connection on both sides, and new ones until its end', async () => {
  const { arrived, turn, come, talk } = await stand(echo);
  const [one, two] = [await talk('one'), await talk('two', '127.0.0.9')];
  await turn('link-cut', true);
  const ends = [one, two, ...arrived].map(({ over }) => over);
  expect(await Promise.all(ends)).toEqual(['ECONNRESET', 'ECONNRESET', 'ECONNRESET', 'ECONNRESET']);
  // It may be so quick that the client has not even seen itself connected.
  const refused = come().then(({ over }) => over);
  expect(await refused.catch((error) => error.code)).toBe('ECONNRESET');
  expect(arrived.length).toBe(2);
  await turn('link-cut', false);
  await talk('again');
});

test('a storm resets every connection at once, and all may come back at once', async () => {
  const { arrived, turn, talk } = await stand(echo);
  const crowd = await Promise.all(Array.from({ length: 50 }, (_, index) => talk(`client ${index}`)));
  await turn('storm', true);
  await Promise.all(Array.from({ length: 50 }, (_, index) => talk(`again ${index}`)));
  for (const { over } of [...crowd, ...arrived.slice(0, 50)]) expect(await over).toBe('ECONNRESET');
  expect(arrived.slice(50).some(({ heard }) => heard.over)).toBe(false);
});

test('a hole swallows both ways and tells nobody; what lived in it stays dead, what comes after it passes', async () => {
  const { arrived, turn, come, talk } = await stand(echo);
  const direct = await serve(echo);
  const [one, leaver] = [await talk('one'), await talk('two')];
  await turn('link-hole', true);
  const newcomer = await come();
  for (const { socket } of [one, newcomer]) socket.write('lost');
  leaver.socket.resetAndDestroy();
  arrived[0]?.socket.write('lost too');
  await aWhile(direct);
  await turn('link-hole', false);
  one.socket.write('still lost');
  newcomer.socket.write('still lost');
  arrived[0]?.socket.end('never heard');
  await talk('after');
  await aWhile(direct);
  expect(arrived.map(({ heard }) => heard.text)).toEqual(['one', 'two', 'after']);
  expect([one, newcomer].map(({ heard }) => heard)).toEqual([
    { text: 'one', over: false },
    { text: '', over: false },
  ]);
  // The server's side of the one who left was not told, nor is it later.
  expect(arrived[1]?.heard.over).toBe(false);
  await turn('storm', true);
  await aWhile(direct);
  expect([arrived[1]?.heard.over, one.heard.over]).toEqual([false, false]);
});

test('what was on its way when the hole began is lost too, also to one who did not read', async () => {
  const { arrived, turn, come, talk } = await stand(() => undefined);
  const one = await come();
  one.socket.write('hello');
  while (arrived.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  arrived[0]?.socket.pause();
  const part = Buffer.alloc(1 << 20, 'x');
  while (one.socket.write(part) || one.socket.writableLength === 0);
  await turn('link-hole', true);
  // The relay goes on to take what is sent.
  await once(one.socket, 'drain');
  await turn('link-hole', false);
  arrived[0]?.socket.resume();
  expect(await Promise.race([talk('x').then(() => 'answered'), one.over, later()])).toBe('later');
});

function later(): Promise<string> {
  return new Promise((resolve) => setTimeout(resolve, 200, 'later'));
}

test('link-slow adds half a second to a round trip, whatever the link becomes meanwhile, until it is over', async () => {
  const { turn, come, relay } = await stand(echo);
  const one = await come();
  const tripMs = async (word: string) => {
    const startNs = nowNs();
    one.socket.write(word);
    await one.until(word);
    return msSince(startNs);
  };
  await turn('link-slow', true);
  await relay.ask('change', { ...NO_LINK, rttMs: 40 });
  expect(await tripMs('slow')).toBeGreaterThanOrEqual(540);
  await turn('link-slow', false);
  const after = [await tripMs('a'), await tripMs('b'), await tripMs('c')];
  expect(Math.min(...after)).toBeGreaterThanOrEqual(40);
  expect(Math.min(...after)).toBeLessThan(540);
});

test('client-stall reads nothing from the server for that client, old connection or new, until it is over', async () => {
  const stalled = '127.0.0.7';
  const { arrived, turn, come, talk } = await stand((socket) => {
    socket.on('data', () => socket.write(Buffer.alloc(16 << 20, 'y')));
  });
  const [old, other] = [await come(stalled), await come()];
  await turn('client-stall', true, [stalled]);
  const fresh = await come(stalled);
  for (const { socket } of [old, fresh, other]) socket.write('more');
  while (other.heard.text.length < 16 << 20) await once(other.socket, 'data');
  expect([old, fresh].map(({ heard }) => heard.text)).toEqual(['', '']);
  // The server feels it: its kernel has not taken all.
  const waiting = arrived.filter(({ socket }) => socket.writableLength > 0);
  expect(waiting.length).toBe(2);
  await turn('client-stall', false);
  for (const one of [old, fresh]) {
    while (one.heard.text.length < 16 << 20) await once(one.socket, 'data');
  }
  expect(await talk('y')).toBeDefined();
});

test('a fault that looks in is refused by a relay that does not', async () => {
  const { turn } = await stand(echo);
  await expect(turn('upgrade-403', true)).rejects.toThrow('does not look in');
});

test('a tap keeps the beginning of what crosses, each way, and how it ended', async () => {
  const { relay, port } = await relayTo(await serve(echo, true), NO_LINK, { tapBytes: 6 });
  const one = hear(await client(port, '127.0.0.5'));
  for (const word of ['hell', 'o world']) {
    one.socket.write(word);
    await one.until(word);
  }
  one.socket.end();
  await one.over;
  const two = hear(await client(port));
  two.socket.write('\xff\x00', 'latin1');
  await two.until('\xff\x00');
  cleanups.push(() => two.socket.destroy());
  const [first, second] = await relay.ask('tapped', null);
  expect(first).toMatchObject({ address: '127.0.0.5', upBytes: 11, downBytes: 11 });
  expect(first?.pieces.map(({ way, what, latin1 }) => `${way} ${what} ${latin1}`)).toEqual([
    'up bytes hell',
    'down bytes hell',
    'up bytes o ',
    'down bytes o ',
    'up end ',
    'down end ',
  ]);
  const times = first?.pieces.map(({ atNs }) => atNs) ?? [];
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(second?.pieces.map(({ latin1 }) => latin1)).toEqual(['\xff\x00', '\xff\x00']);
});
