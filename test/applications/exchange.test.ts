import { once } from 'node:events';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { Interests, Rota } from '../../src/applications/exchange/symbols.ts';
import { subscribeTo } from '../../src/applications/exchange/talk.ts';
import { hearUpdate, updateMaker } from '../../src/applications/exchange/update.ts';
import { findApplication } from '../../src/applications/index.ts';
import { sourceOf } from '../../src/message.ts';
import { until } from '../transports/harness.ts';
import { type Stage, scenarioOf, stage } from './stage.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function exchangeOver(transport: string, settings = {}): Promise<Stage> {
  const made = await stage(transport, scenarioOf('exchange', { clients: 6, ...settings }));
  ends.push(() => made.close());
  return made;
}

describe('who follows what', () => {
  const market = { symbols: 200, subscriptions: 10, seed: 7 };

  test('each client follows so many symbols, the same for the same seed, popular ones more often', () => {
    const interests = new Interests(market);
    const followers = new Array<number>(market.symbols).fill(0);
    for (let client = 0; client < 2000; client++) {
      const mine = interests.of(client);
      expect(mine.size).toBe(10);
      for (const symbol of mine) followers[symbol] = (followers[symbol] ?? 0) + 1;
    }
    expect(new Interests(market).of(5)).toEqual(interests.of(5));
    expect(new Interests({ ...market, seed: 8 }).of(5)).not.toEqual(interests.of(5));
    // Drawn alone, the first would have ten times the followers of the tenth; distinct choices flatten the top.
    const [first = 0, tenth = 0, hundredth = 0] = [0, 9, 99].map((symbol) => followers[symbol]);
    expect(first / tenth).toBeGreaterThan(2);
    expect(tenth / hundredth).toBeGreaterThan(6);
    expect(tenth / hundredth).toBeLessThan(14);
  });

  test('all symbols can be followed, never more than there are, and one', () => {
    expect(new Interests({ symbols: 30, subscriptions: 30, seed: 1 }).of(3).size).toBe(30);
    expect(new Interests({ symbols: 4, subscriptions: 30, seed: 1 }).of(3).size).toBe(4);
    expect([...new Interests({ symbols: 1, subscriptions: 1, seed: 1 }).of(3)]).toEqual([0]);
  });

  test('so many updates make every client due its rate', () => {
    const scenario = scenarioOf('exchange', { clients: 12, ratePerSecond: 50 });
    const interests = new Interests(scenario);
    const clients = Array.from({ length: 12 }, (_, client) => interests.of(client));
    const followed = new Set(clients.flatMap((mine) => [...mine]));
    const rota = new Rota(followed, scenario.seed);
    const turns = 40;
    const heard = clients.map(() => 0);
    for (let place = 0; place < turns * followed.size; place++) {
      const symbol = rota.at(place) ?? -1;
      for (const [client, mine] of clients.entries())
        if (mine.has(symbol)) heard[client] = (heard[client] ?? 0) + 1;
    }
    const seconds = (turns * followed.size) / findApplication('exchange').messagesPerSecond(scenario);
    for (const many of heard) expect(many / seconds).toBeCloseTo(50, 6);
  });

  test('each turn has every symbol once, in an order of its own that depends on the seed alone', () => {
    const followed = [9, 4, 7, 1, 30, 12];
    const turnsOf = (rota: Rota) =>
      [0, 6, 12].map((start) => Array.from({ length: 6 }, (_, offset) => rota.at(start + offset)));
    const turns = turnsOf(new Rota(followed, 5));
    for (const turn of turns) expect(turn.toSorted()).toEqual(followed.toSorted());
    expect(new Set(turns.map(String)).size).toBe(3);
    expect(turnsOf(new Rota(followed.toReversed(), 5))).toEqual(turns);
    expect(turnsOf(new Rota(followed, 6))).not.toEqual(turns);
    expect(new Rota([], 5).at(0)).toBeUndefined();
  });
});

test('an update tells what it is about, when it was due and since when it is news, as text and as bytes', () => {
  for (const payloadKind of ['text', 'binary'] as const) {
    const make = updateMaker(scenarioOf('exchange', { payloadBytes: 48, payloadKind }));
    const stamp = { source: sourceOf(99), sequence: 12_345, dueUs: 9_876_543 };
    const message = make({ stamp, sinceUs: 9_000_001 });
    expect(message).toHaveLength(48);
    expect(hearUpdate(message)).toEqual({ stamp, bytes: 48, staleSinceUs: 9_000_001 });
  }
});

test('what a client has not subscribed to is misdirected, what is nothing is unreadable', async () => {
  const scenario = scenarioOf('exchange', { symbols: 50, subscriptions: 5 });
  const part = (await findApplication('exchange').client(scenario)).part(0);
  const mine = new Interests(scenario).of(0);
  const make = updateMaker(scenario);
  const hear = (symbol: number) => {
    const stamp = { source: sourceOf(symbol), sequence: 0, dueUs: 5 };
    return part.hear(make({ stamp, sinceUs: 5 }));
  };
  for (let symbol = 0; symbol < 50; symbol++) {
    if (mine.has(symbol)) expect(hear(symbol)).toMatchObject({ bytes: 64 });
    else expect(hear(symbol)).toBe('misdirected');
  }
  expect(part.hear('nonsense')).toBe('unreadable');
  expect(part.hear(new Uint8Array(64))).toBe('unreadable');
});

describe.each(['websocket', 'polling', 'socketio-polling'])('over %s', (transport) => {
  test('everybody gets the updates of their symbols and no others', async () => {
    const made = await exchangeOver(transport, { symbols: 40, subscriptions: 8 });
    await made.open(0, 1, 2, 3, 4, 5);
    for (let count = 0; count < 300; count++) expect(made.publish()).toBeGreaterThan(0);
    await made.arrived();
    const { received, misdirected, unreadable } = made.recorder;
    expect({ received, misdirected, unreadable }).toEqual({
      ...{ received: made.expected, misdirected: 0, unreadable: 0 },
    });
  });
});

describe('what clients may say', () => {
  test('garbage and unknown symbols are refused whole, the same symbol twice changes nothing', async () => {
    const made = await exchangeOver('websocket', { symbols: 20 });
    const { connection, said } = await made.raw();
    ends.push(() => connection.close());
    const say = async (message: string | Uint8Array) => {
      const before = said.length;
      connection.send(message);
      await until('an answer', () => said.length > before);
      return said.at(-1);
    };
    const garbage = ['', 'subscribe', 'subscribe ', 'subscribe -1', 'subscribe 1e1', 'unsubscribe 3'];
    for (const message of garbage) expect(await say(message)).toMatch(/^refused: /);
    expect(await say(new Uint8Array([1, 2, 3]))).toBe('refused: expected `subscribe 1 2 3`');
    expect(await say('subscribe 3 20')).toBe('refused: no symbol `20`, they run from 0 to 19');
    expect(made.publish()).toBe(0);
    expect(await say('subscribe 3 3')).toBe('subscribed 1');
    expect(await say('subscribe 3')).toBe('subscribed 1');
    expect(made.publish()).toBe(1);
    expect(await say('subscribe 4')).toBe('subscribed 2');
    const { length } = said;
    for (let count = 0; count < 20; count++) expect(made.publish()).toBe(1);
    await until('one of each', () => said.length === length + 20);
  });

  test('nobody is expected to hear what a client followed that has left', async () => {
    const made = await exchangeOver('websocket', { symbols: 5, subscriptions: 5 });
    await made.open(0, 1);
    expect(made.publish()).toBe(2);
    await made.arrived();
    await made.fleet.close();
    await until('the server knows', () => made.peers.size === 0);
    expect(made.publish()).toBe(0);
  });

  test('an update that nobody follows is not published', async () => {
    const made = await exchangeOver('websocket', { symbols: 1000, subscriptions: 1 });
    await made.open(0);
    for (let count = 0; count < 50; count++) expect(made.publish()).toBe(1);
    await made.arrived();
  });
});

describe('a client that does not read', () => {
  const LARGE = { symbols: 4, subscriptions: 4, payloadBytes: 16 << 10 };

  /** Reads nothing for a while, by the kernel's own flow control. */
  async function reader({ url }: Stage) {
    const socket = new WebSocket(new URL('/ws', url.href.replace('http', 'ws')));
    ends.push(() => socket.terminate());
    const heard: { symbol: number; sequence: number; sinceUs: number; dueUs: number }[] = [];
    let closed = false;
    socket.on('close', () => {
      closed = true;
    });
    await once(socket, 'open');
    socket.send(subscribeTo([0, 1, 2, 3]));
    await once(socket, 'message');
    socket.on('message', (data) => {
      const update = hearUpdate(String(data));
      if (typeof update === 'string') throw new Error('not an update');
      const { stamp, staleSinceUs = -1 } = update;
      const { sequence, dueUs, source } = stamp;
      heard.push({ symbol: source, sequence, dueUs, sinceUs: staleSinceUs });
    });
    return { socket, heard, isClosed: () => closed };
  }

  /** Publishes so much that the kernel cannot hold it, in turns of the loop. */
  async function flood(made: Stage, over: () => boolean): Promise<void> {
    for (let count = 0; count < 4000 && !over(); count++) {
      made.publish();
      await new Promise(setImmediate);
    }
  }

  test('conflated, it gets the newest value of each symbol when it reads again, and nothing is lost', async () => {
    const made = await exchangeOver('websocket', { ...LARGE, conflate: true });
    const { socket, heard } = await reader(made);
    socket.pause();
    await flood(made, () => made.conflated > 100);
    expect(made.conflated).toBeGreaterThan(100);
    socket.resume();
    await until('all but the conflated', () => heard.length + made.conflated === made.expected);
    const newest = new Map(heard.map(({ symbol, sequence }) => [symbol, sequence]));
    const all = [...newest.values()].reduce((sum, sequence) => sum + sequence + 1, 0);
    expect(all).toBe(made.expected);
    // What comes after a gap is stale since the first update that was left out.
    const waited = heard.filter(({ sinceUs, dueUs }) => sinceUs < dueUs);
    expect(waited.length).toBeGreaterThan(0);
    for (const { symbol, sequence, sinceUs } of waited) {
      const before = heard.filter((other) => other.symbol === symbol && other.sequence < sequence).at(-1);
      expect(before?.dueUs ?? -1).toBeLessThan(sinceUs);
      expect(sequence - (before?.sequence ?? -1)).toBeGreaterThan(1);
    }
    expect(made.closed).toEqual([]);
  });

  test('without, it is dropped', async () => {
    const made = await exchangeOver('websocket', LARGE);
    const { socket, heard, isClosed } = await reader(made);
    socket.pause();
    await flood(made, () => made.closed.length > 0);
    expect(made.closed).toEqual([expect.stringContaining('buffer full')]);
    expect(made.conflated).toBe(0);
    expect(made.publish()).toBe(0);
    socket.resume();
    await until('the end', isClosed);
    expect(heard.length).toBeLessThan(made.expected);
  });

  test('spares the others: they get every update', async () => {
    const made = await exchangeOver('websocket', { ...LARGE, conflate: true });
    const { socket } = await reader(made);
    await made.open(0);
    socket.pause();
    let mine = 0;
    while (made.conflated < 20 && mine < 4000) {
      made.publish();
      mine += 1;
      await until('the quick one', () => made.recorder.received === mine);
    }
    expect(made.conflated).toBeGreaterThanOrEqual(20);
    expect(made.recorder.received).toBe(mine);
  });
});
