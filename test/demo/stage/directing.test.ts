import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { OpenStage } from '../../../src/demo/stage/open.ts';
import type { DemoTransport, News } from '../../../src/demo-talk.ts';
import { openDemo, Visitor } from './visitor.ts';

let stage: OpenStage;
let visitor: Visitor;
let ports: Readonly<Record<DemoTransport, number>>;
beforeAll(async () => {
  stage = await openDemo();
  visitor = await Visitor.at(stage.url);
  ({ ports } = await visitor.next('welcome'));
});
afterAll(() => stage.close());

/** A client of the WebSocket lane, through the relay. */
class Lane {
  readonly socket = new WebSocket(`ws://127.0.0.1:${ports.websocket}/lane/websocket/ws`, {
    origin: new URL(stage.url).origin,
  });
  readonly closed = new Promise((resolve) => this.socket.once('close', resolve));
  constructor() {
    this.socket.on('error', () => undefined);
  }
  async news(): Promise<News> {
    const [data] = await once(this.socket, 'message');
    return JSON.parse(String(data));
  }
}

test('what crosses a lane is counted for that lane', async () => {
  const lane = new Lane();
  const first = await lane.news();
  const counted = await visitor.next('state', ({ state }) => state.published > first.n + 3);
  const { websocket, polling } = counted.state.lanes;
  expect(websocket).toMatchObject({ clients: 1, requests: 1, connections: 1 });
  expect(websocket.bytesDown).toBeGreaterThan(3 * 64);
  expect(websocket.bytesUp).toBeGreaterThan(100);
  expect(polling).toMatchObject({ clients: 0, bytesDown: 0, connections: 0 });
  lane.socket.terminate();
});

test('rate and payload are those of the news from then on', async () => {
  const lane = new Lane();
  await lane.news();
  const settings = { payloadBytes: 500, pollIntervalMs: 250 };
  const state = await visitor.see({ type: 'set', settings }, (now) => now.settings.payloadBytes === 500);
  expect(state.settings).toEqual({ eventsPerSecond: 20, payloadBytes: 500, pollIntervalMs: 250, rttMs: 0 });
  for (;;) {
    const [data] = await once(lane.socket, 'message');
    if (Buffer.from(data).length === 500) break;
  }
  const quiet = await visitor.see(
    { type: 'set', settings: { eventsPerSecond: 0 } },
    (now) => now.settings.eventsPerSecond === 0,
  );
  visitor.told.length = 0;
  await visitor.next('state');
  const { state: still } = await visitor.next('state', ({ state }) => state.atMs > quiet.atMs + 300);
  expect(still.published).toBe(quiet.published);
  await visitor.see(
    { type: 'set', settings: { eventsPerSecond: 20 } },
    (now) => now.published > still.published,
  );
  lane.socket.terminate();
});

test('distance is added to what comes from then on', async () => {
  await visitor.see({ type: 'set', settings: { rttMs: 600 } }, ({ settings }) => settings.rttMs === 600);
  const startMs = performance.now();
  const lane = new Lane();
  const { atMs } = await lane.news();
  // There and back for the handshake; the relay may be early by less than a millisecond.
  expect(performance.now() - startMs).toBeGreaterThan(590);
  expect(Date.now() - atMs).toBeGreaterThan(290);
  lane.socket.terminate();
  await visitor.see({ type: 'set', settings: { rttMs: 0 } }, ({ settings }) => settings.rttMs === 0);
});

test('a cut network ends all connections and lets none in until it is whole again', async () => {
  const lane = new Lane();
  await lane.news();
  await visitor.see({ type: 'cut', on: true }, ({ network }) => network.isCut);
  await lane.closed;
  await new Lane().closed;
  await visitor.see({ type: 'cut', on: false }, ({ network }) => !network.isCut);
  const back = new Lane();
  expect((await back.news()).n).toBeGreaterThan(0);
  back.socket.terminate();
});

test('blocked WebSockets go, new ones are refused, and the rest passes', async () => {
  const lane = new Lane();
  await lane.news();
  await visitor.see({ type: 'block-websocket', on: true }, ({ network }) => network.isWebSocketBlocked);
  await lane.closed;
  const refused = new Lane();
  const [, response] = await once(refused.socket, 'unexpected-response');
  expect(response.statusCode).toBe(403);
  refused.socket.terminate();
  const polling = await fetch(`http://127.0.0.1:${ports.polling}/lane/polling/session`, { method: 'POST' });
  expect(polling.ok).toBe(true);
  await visitor.see({ type: 'block-websocket', on: false }, ({ network }) => !network.isWebSocketBlocked);
  const back = new Lane();
  await back.news();
  back.socket.terminate();
});

test('the server restarts on the same port, numbers go on, and so does what has been counted', async () => {
  const lane = new Lane();
  const before = await lane.news();
  const restarting = visitor.see({ type: 'restart-server' }, ({ server }) => server === 'restarting');
  visitor.say({ type: 'restart-server' });
  expect((await visitor.next('refused')).why).toBe('The server is restarting already.');
  await restarting;
  await lane.closed;
  const again = await visitor.next('state', ({ state }) => state.server === 'running' && state.starts === 2);
  expect(again.state.published).toBeGreaterThanOrEqual(before.n);
  const { requests } = again.state.lanes.websocket;
  expect(requests).toBeGreaterThanOrEqual(1);
  const back = new Lane();
  expect((await back.news()).n).toBeGreaterThan(before.n);
  await visitor.next('state', ({ state }) => state.lanes.websocket.requests === requests + 1);
  expect(stage.state.settings).toMatchObject({ eventsPerSecond: 20, payloadBytes: 500 });
  back.socket.terminate();
});

test('who looks from inside sees and asks the same', async () => {
  const seen = Promise.withResolvers<boolean>();
  const stop = stage.onState(({ network }) => network.isCut && seen.resolve(true));
  expect(await stage.ask({ type: 'cut', on: true })).toBeNull();
  expect(await seen.promise).toBe(true);
  stop();
  expect(await stage.ask({ type: 'redis', killed: true })).toBe('The cluster is off.');
  expect(await stage.ask({ type: 'cut', on: false })).toBeNull();
});

test('at the end pages are told, and nothing listens any more', async () => {
  const demo = await openDemo();
  const page = await Visitor.at(demo.url);
  const welcome = await page.next('welcome');
  const told = once(page.socket, 'close');
  await demo.close();
  expect(await told).toEqual([1001, Buffer.from('the demo has ended')]);
  expect(await demo.ask({ type: 'cut', on: true })).toBe('The demo is ending.');
  for (const port of [demo.port, ...Object.values(welcome.ports)]) {
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  }
});
