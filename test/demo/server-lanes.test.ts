import { expect, test } from 'vitest';
import { DEMO_TRANSPORTS } from '../../src/demo-talk.ts';
import { until } from '../transports/harness.ts';
import { newsOf, serverApart, serverHere, type Visitor, visit } from './visiting.ts';

/** One visitor in each lane. */
function visitAll(port: number): Promise<Visitor[]> {
  return Promise.all(DEMO_TRANSPORTS.map((transport) => visit(port, 'lane', transport)));
}

test('every lane hears every event, the same at the same instant, as large as was set', async () => {
  const { server, port } = await serverHere({ firstNumber: 7 });
  const visitors = await visitAll(port);
  server.set({ eventsPerSecond: 100, payloadBytes: 200 });
  await until('thirty events', () => visitors.every(({ heard }) => heard.length >= 30));
  server.set({ eventsPerSecond: 0, payloadBytes: 200 });
  const { published } = server.read();
  await until('all events', () => visitors.every((visitor) => newsOf(visitor.heard).at(-1)?.n === published));
  const [first = [], ...others] = visitors.map(({ heard }) => heard);
  expect(newsOf(first).map(({ n }) => n)).toEqual(
    Array.from({ length: published - 6 }, (_, index) => index + 7),
  );
  for (const other of others) expect(other).toEqual(first);
  for (const text of first) expect(Buffer.byteLength(text)).toBe(200);
  expect(server.read().published).toBe(published);
});

test('what somebody says in one lane is heard in all, and whence', async () => {
  const { server, port } = await serverHere();
  const visitors = await visitAll(port);
  const said = (index: number) => `  안녕 <b>from</b> ${DEMO_TRANSPORTS[index]} `;
  for (const [index, { connection }] of visitors.entries()) {
    connection.send(said(index));
    await until('it is heard', () => visitors.every(({ heard }) => heard.length === index + 1));
  }
  const expected = DEMO_TRANSPORTS.map((from, index) => ({
    n: index + 1,
    atMs: expect.any(Number),
    from,
    text: said(index).trim(),
  }));
  for (const { heard } of visitors) expect(newsOf(heard)).toEqual(expected);

  const [, , , other, speaker] = visitors;
  for (const bad of ['', '   ', 'x'.repeat(501), Uint8Array.of(104, 105)]) speaker?.connection.send(bad);
  speaker?.connection.send('x'.repeat(500));
  await until('the next', () => other?.heard.length === 7);
  expect(newsOf(other?.heard ?? []).at(-1)).toMatchObject({ n: 7, text: 'x'.repeat(500) });
  expect(server.read()).toMatchObject({ published: 7, refused: 0 });
});

test('each lane is counted by itself', async () => {
  const { server, port } = await serverHere();
  const visitors = await visitAll(port);
  const { lanes: before } = server.read();
  for (const transport of DEMO_TRANSPORTS) expect(before[transport]?.clients).toBe(1);
  await until('polling in vain', () => (server.read().lanes.polling?.emptyAnswers ?? 0) >= 5);
  const { lanes } = server.read();
  expect(lanes.polling?.requests).toBeGreaterThanOrEqual(6);
  expect(lanes.longpoll).toMatchObject({ requests: 2, emptyAnswers: 0 });
  for (const name of ['streaming', 'sse', 'websocket'] as const) expect(lanes[name]?.requests).toBe(1);
  expect(lanes.polling?.cpuUs).toBeGreaterThan(before.polling?.cpuUs ?? 0);
  expect(lanes.websocket?.cpuUs).toBe(before.websocket?.cpuUs);
  await Promise.all(visitors.map(({ connection }) => connection.close()));
  await until('all are gone', () => {
    const { lanes } = server.read();
    return DEMO_TRANSPORTS.every((name) => name === 'sse' || lanes[name]?.clients === 0);
  });
});

test('who talks without end is not listened to, and then shown the door', async () => {
  const { server, port } = await serverHere();
  const listener = await visit(port, 'lane', 'websocket');
  for (const transport of DEMO_TRANSPORTS) {
    const { refused } = server.read();
    listener.heard.length = 0;
    const flood = await visit(port, 'lane', transport);
    for (let index = 0; index < 200; index++) flood.connection.send(`word ${index}`);
    await until(`${transport} is dropped`, () => flood.ends.length > 0);
    await flood.connection.cut();
    expect(server.read().refused).toBeGreaterThan(refused + 50);
    expect(listener.heard.length).toBeGreaterThanOrEqual(10);
    expect(listener.heard.length).toBeLessThan(100);
  }
  expect(listener.ends).toEqual([]);
});

test('a new process takes the place of one that retires, whoever is connected', async () => {
  const first = await serverApart();
  const visitors = await visitAll(first.port);
  await first.server.ask('set', { eventsPerSecond: 100, payloadBytes: 64 });
  await until('events', () => visitors.every(({ heard }) => heard.length > 3));
  const { published } = await first.server.ask('retire', null);
  const second = await serverApart({
    port: first.port,
    firstNumber: published + 1,
    publishing: { eventsPerSecond: 100, payloadBytes: 64 },
  });
  expect(second.port).toBe(first.port);
  await until('all are told', () => visitors.every(({ ends }) => ends.length > 0));
  const heardOf = (visitor: Visitor | undefined) => newsOf(visitor?.heard ?? []);
  await until('socket.io comes back', () => heardOf(visitors[5]).some(({ n }) => n > published));
  for (const visitor of visitors.slice(0, 5)) {
    // Polling, long polling and event streams try again, and find another server.
    expect(heardOf(visitor).every(({ n }) => n <= published)).toBe(true);
  }
});
