import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OpenStage } from '../../../src/demo/stage/open.ts';
import { openDemo, Visitor } from './visitor.ts';

let stage: OpenStage;
beforeAll(async () => {
  stage = await openDemo();
});
afterAll(() => stage.close());

test('a page learns where the lanes are, the clock, and the state again and again', async () => {
  const visitor = await Visitor.at(stage.url);
  const { mayControl, ports, version } = await visitor.next('welcome');
  expect(mayControl).toBe(true);
  expect(version).toMatch(/^\d+\.\d+\.\d+/);
  expect(new Set(Object.values(ports)).size).toBe(6);
  visitor.say({ type: 'clock', sentMs: 42.5 });
  const { sentMs, atMs } = await visitor.next('clock');
  expect(sentMs).toBe(42.5);
  expect(Math.abs(Date.now() - atMs)).toBeLessThan(60_000);
  const { state: first } = await visitor.next('state');
  const { state: later } = await visitor.next('state', ({ state }) => state.published > first.published + 5);
  expect(later).toMatchObject({ server: 'running', starts: 1, visitors: 1, tour: null });
  visitor.socket.terminate();
});

test('what is not understood is refused in words, and the page goes on', async () => {
  const visitor = await Visitor.at(stage.url);
  expect(await visitor.refused('{')).toBe('That is no JSON.');
  const wrong: unknown[] = [null, 7, [], {}, { type: 'quit' }, { type: '__proto__' }, { type: 'set' }];
  wrong.push({ type: 'cut', on: 'yes' }, { type: 'cut', on: true, more: 1 }, { type: 'redis' });
  wrong.push(
    { type: 'set', settings: { eventsPerSecond: 201 } },
    { type: 'set', settings: { payloadBytes: 1.5 } },
  );
  wrong.push({ type: 'set', settings: { rttMs: null } }, { type: 'set', settings: { rttMs: -1 } });
  wrong.push(
    { type: 'set', settings: { constructor: 1 } },
    { type: 'hello' },
    { type: 'clock', sentMs: '1' },
  );
  for (const asking of wrong)
    expect(await visitor.refused(asking), JSON.stringify(asking)).toMatch(/^Not understood/);
  expect(await visitor.refused('{"type":"cut","on":true,"__proto__":{"on":false}}')).toMatch(
    /^Not understood/,
  );
  expect(await visitor.refused({ type: 'redis', killed: true })).toBe('The cluster is off.');
  expect(stage.state.settings.eventsPerSecond).toBe(20);
  expect(stage.state.network.isCut).toBe(false);
  visitor.socket.terminate();
});

test('who has not said hello is shown nothing and controls nothing', async () => {
  const visitor = new Visitor(stage.url);
  await once(visitor.socket, 'open');
  expect(await visitor.refused({ type: 'cut', on: true })).toBe('First say hello.');
  const polite = await Visitor.at(stage.url);
  await polite.next('state');
  expect(visitor.told.map(({ type }) => type)).toEqual(['refused']);
  expect(stage.state.network.isCut).toBe(false);
  polite.socket.terminate();
  visitor.socket.terminate();
});

describe('is closed to', () => {
  test.each<[string, number, (visitor: Visitor) => void]>([
    ['bytes', 1003, ({ socket }) => socket.send(Buffer.from('{}'))],
    ['frames over 4 KiB', 1009, ({ socket }) => socket.send('x'.repeat(5000))],
    ['text that is none', 1007, ({ socket }) => socket.send(Buffer.from([0xff, 0xfe]), { binary: false })],
    [
      'who asks too fast',
      1008,
      (visitor) => {
        for (let asked = 0; asked < 5000; asked++) visitor.say({ type: 'clock', sentMs: asked });
      },
    ],
  ])('%s', async (_, code, misbehave) => {
    const visitor = await Visitor.at(stage.url);
    await visitor.next('welcome');
    misbehave(visitor);
    const [closedWith] = await once(visitor.socket, 'close');
    expect(closedWith).toBe(code);
    // Others are not disturbed.
    const other = await Visitor.at(stage.url);
    await other.next('state');
    other.socket.terminate();
  });

  test('pages of other origins, and names that are not ours', async () => {
    const { host } = new URL(stage.url);
    const refused = async (headers: Record<string, string>) => {
      const { socket } = new Visitor(stage.url, { headers });
      const [, response] = await once(socket, 'unexpected-response');
      socket.terminate();
      return response.statusCode;
    };
    expect(await refused({ origin: 'http://evil.example' })).toBe(403);
    expect(await refused({ origin: 'null' })).toBe(403);
    expect(await refused({ origin: `https://${host}` })).toBe(403);
    // As a page would come by a name that was made to lead here.
    expect(await refused({ origin: 'http://evil.example', host: 'evil.example' })).toBe(403);
    const own = new Visitor(stage.url, { origin: `http://${host}` });
    await once(own.socket, 'open');
    own.socket.terminate();
  });
});

test('a page too many is told so', async () => {
  const pages = Array.from({ length: 101 }, () => new Visitor(stage.url));
  const closed = pages.map(async ({ socket }) => (await once(socket, 'close'))[0]);
  expect(await Promise.race(closed)).toBe(1013);
  for (const { socket } of pages) socket.terminate();
});

describe('from other machines', () => {
  let open: OpenStage;
  beforeAll(async () => {
    open = await openDemo('0.0.0.0');
  });
  afterAll(() => open.close());

  test('everybody may look, and control with the token alone', async () => {
    const { origin, hash } = new URL(open.url);
    const [, token = ''] = /^#token=([\w-]{22})$/.exec(hash) ?? [];
    expect(token).not.toBe('');
    for (const given of [null, '', token.slice(1), `${token}x`, token.toLowerCase().toUpperCase()]) {
      const visitor = await Visitor.at(`${origin}/`, given);
      expect((await visitor.next('welcome')).mayControl).toBe(false);
      await visitor.next('state');
      expect(await visitor.refused({ type: 'cut', on: true })).toMatch(/token/);
      visitor.socket.terminate();
    }
    expect(open.state.network.isCut).toBe(false);
    const visitor = await Visitor.at(`${origin}/`, token);
    expect((await visitor.next('welcome')).mayControl).toBe(true);
    await visitor.see({ type: 'cut', on: true }, ({ network }) => network.isCut);
    visitor.socket.terminate();
  });

  test('each address of this machine is told and leads there', async () => {
    for (const url of open.farUrls) {
      const answer = await fetch(url);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-security-policy')).toContain(` ws://${new URL(url).hostname}:`);
      await answer.body?.cancel();
    }
  });
});
