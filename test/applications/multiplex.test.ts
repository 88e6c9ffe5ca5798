import { afterEach, describe, expect, test } from 'vitest';
import { findApplication } from '../../src/applications/index.ts';
import { messageMaker, sourceOf } from '../../src/message.ts';
import { makePlan } from '../../src/plan/make.ts';
import { findTransport } from '../../src/transports/index.ts';
import { until } from '../transports/harness.ts';
import { type Stage, scenarioOf, stage } from './stage.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function multiplexOver(transport: string, settings = {}): Promise<Stage> {
  const made = await stage(transport, scenarioOf('multiplex', { channels: 3, ...settings }));
  ends.push(() => made.close());
  return made;
}

const WAYS = [
  ['websocket', 'tagged', 1],
  ['websocket', 'connections', 3],
  ['streaming', 'connections', 3],
  ['polling', 'connections', 3],
  ['socketio-websocket', 'namespaces', 3],
  ['socketio', 'namespaces', 3],
  ['socketio-polling', 'namespaces', 3],
] as const;

describe.each(WAYS)('%s, %s', (transport, multiplex, peersEach) => {
  test('every channel reaches every client, over where it belongs', async () => {
    const made = await multiplexOver(transport, { multiplex });
    await made.open(0, 1, 2, 3);
    expect(made.peers.size).toBe(4 * peersEach);
    for (let count = 0; count < 60; count++) expect(made.publish()).toBe(4);
    await made.arrived();
    const { received, misdirected, unreadable } = made.recorder;
    expect({ received, misdirected, unreadable }).toEqual({ received: 240, misdirected: 0, unreadable: 0 });
    await made.fleet.close();
    await until('the server knows', () => made.peers.size === 0);
    expect(made.publish()).toBe(0);
    expect(made.fleet.dropped).toEqual({});
  });
});

test('namespaces share their client’s one connection, and connections do not', async () => {
  for (const [multiplex, wanted] of [
    ['namespaces', 2],
    ['connections', 6],
  ] as const) {
    const made = await multiplexOver('socketio-websocket', { multiplex });
    await made.open(0, 1);
    expect(await made.sockets()).toBe(wanted);
    expect(made.fleet.carrying()).toEqual({ websocket: 2 });
  }
});

test('a slow channel carries 64 KiB messages, and the others what they did', async () => {
  const made = await multiplexOver('websocket', { slowChannel: true, payloadBytes: 100 });
  const { connection, said } = await made.raw();
  ends.push(() => connection.close());
  for (let count = 0; count < 6; count++) expect(made.publish()).toBe(1);
  await until('all six', () => said.length === 6);
  expect(said.map(({ length }) => length)).toEqual([65_536, 100, 100, 65_536, 100, 100]);
});

describe('what arrives where it should not', () => {
  const message = (channel: number) => {
    const stamp = { source: sourceOf(channel), sequence: 0, dueUs: 7 };
    return messageMaker(64, 'text')(stamp);
  };

  test('tagged: a channel that does not exist is misdirected', async () => {
    const half = await findApplication('multiplex').client(scenarioOf('multiplex', { channels: 3 }));
    const part = half.part(0);
    for (const channel of [0, 1, 2]) expect(part.hear(message(channel))).toMatchObject({ channel });
    expect(part.hear(message(3))).toBe('misdirected');
    expect(part.hear(message(-2))).toBe('misdirected');
    expect(part.hear('nonsense')).toBe('unreadable');
  });

  test('in a connection for one channel, every other is misdirected', async () => {
    const scenario = scenarioOf('multiplex', { channels: 3, multiplex: 'connections' });
    const part = (await findApplication('multiplex').client(scenario)).part(0);
    const parts = [part, ...(part.beside?.parts ?? [])];
    expect(parts).toHaveLength(3);
    for (const [own, one] of parts.entries()) {
      for (const channel of [0, 1, 2]) {
        const heard = one.hear(message(channel));
        if (channel === own) expect(heard).toMatchObject({ channel, bytes: 64 });
        else expect(heard).toBe('misdirected');
      }
    }
  });
});

test('garbage, unknown channels and a second channel are refused; the same again changes nothing', async () => {
  const made = await multiplexOver('websocket', { multiplex: 'connections' });
  const { connection, said } = await made.raw();
  ends.push(() => connection.close());
  const say = async (text: string) => {
    const before = said.length;
    connection.send(text);
    await until('an answer', () => said.length > before);
    return said.at(-1);
  };
  for (const garbage of ['', 'channel', 'channel -1', 'channel 1 2', 'leave 1']) {
    expect(await say(garbage)).toBe('refused: expected `channel 1`');
  }
  expect(await say('channel 3')).toBe('refused: no channel 3, they run from 0 to 2');
  expect([made.publish(), made.publish(), made.publish()]).toEqual([0, 0, 0]);
  expect(await say('channel 1')).toBe('taken 1');
  expect(await say('channel 1')).toBe('taken 1');
  expect(await say('channel 2')).toBe('refused: this connection is for channel 1');
  expect([made.publish(), made.publish(), made.publish()]).toEqual([0, 1, 0]);
});

describe('before anything starts', () => {
  const plan = (transport: string, options: Record<string, string>, openFiles = 20_000) => {
    const chosen = findTransport(transport);
    if (chosen === undefined) throw new Error(`no transport ${transport}`);
    const scenario = { name: 'multiplex', summary: '', application: 'multiplex', settings: {} } as const;
    const request = { command: [], transports: [chosen], scenario, rounds: 1, isolate: 'off', options };
    return () => makePlan(request, { openFiles });
  };

  test('namespaces are socket.io’s alone', () => {
    expect(plan('socketio-polling', { multiplex: 'namespaces' })).not.toThrow();
    expect(plan('sse', { multiplex: 'namespaces' })).toThrow(
      'Expected --multiplex to be tagged or connections with sse, got `namespaces`: only socket.io has namespaces',
    );
  });

  test('every connection of a client counts against the open files', () => {
    const settings = { multiplex: 'connections', channels: '10', clients: '100' };
    expect(plan('websocket', settings, 1200)).not.toThrow();
    expect(plan('websocket', settings, 1199)).toThrow(
      'Expected --clients to be at most 99 with websocket, got `100`',
    );
    expect(plan('websocket', { ...settings, multiplex: 'tagged' }, 1199)).not.toThrow();
  });

  test('a slow channel needs another that it can slow', () => {
    expect(plan('websocket', { slowChannel: 'on', channels: '1' })).toThrow('Expected --channels');
    expect(plan('websocket', { slowChannel: 'on', channels: '2' })).not.toThrow();
  });
});
