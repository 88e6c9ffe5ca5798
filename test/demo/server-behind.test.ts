import { expect, test } from 'vitest';
import { DEMO_TRANSPORTS, type DemoTransport } from '../../src/demo-talk.ts';
import type { LinkFault } from '../../src/instrument/link/faults/names.ts';
import type { RelayCalls } from '../../src/instrument/link/protocol.ts';
import { NO_LINK } from '../../src/instrument/link/way.ts';
import { RoleProcess } from '../../src/instrument/role-process.ts';
import { hasRedisServer, withRedis } from '../cluster/redis.ts';
import { arrived, until } from '../transports/harness.ts';
import { cleanups, newsOf, serverApart, serverHere, type Visitor, visit } from './visiting.ts';

/** A demo's server behind a relay with a port for each transport, and a visitor in each lane. */
async function stand() {
  const { server, port } = await serverHere();
  const relay = new RoleProcess<RelayCalls>('relay', undefined);
  cleanups.push(() => relay.end());
  const targets = DEMO_TRANSPORTS.map(() => ({ host: '127.0.0.1', port }));
  const { ports } = await relay.ask('start', { targets, link: NO_LINK, seed: 1, looksIn: true, tapBytes: 0 });
  const portOf = (transport: DemoTransport) => ports[DEMO_TRANSPORTS.indexOf(transport)] ?? 0;
  const turn = (fault: LinkFault, begins: boolean) => relay.ask('fault', { fault, begins });
  return { server, relay, portOf, turn };
}

function gaps({ heard }: Visitor): number {
  const numbers = newsOf(heard).map(({ n }) => n);
  return numbers.filter((n, index) => index > 0 && n !== (numbers[index - 1] ?? 0) + 1).length;
}

test('a cut network ends with no lane stuck: who resumes has lost nothing', async () => {
  const { server, relay, portOf, turn } = await stand();
  const names = ['polling', 'longpoll', 'sse', 'socketio'] as const;
  const visitors = await Promise.all(names.map((name) => visit(portOf(name), 'lane', name)));
  const [socket, stream] = [
    await visit(portOf('websocket'), 'lane', 'websocket'),
    await visit(portOf('streaming'), 'lane', 'streaming'),
  ];
  server.set({ eventsPerSecond: 50, payloadBytes: 64 });
  await until('events', () => visitors.every(({ heard }) => heard.length > 5));
  await turn('link-cut', true);
  await until('all know', () => [...visitors, socket, stream].every(({ ends }) => ends.length > 0));
  await expect(visit(portOf('websocket'), 'lane', 'websocket')).rejects.toThrow('Cannot connect');
  const lost = server.read().published;
  await until('more events', () => server.read().published > lost + 5);
  await turn('link-cut', false);
  await until('all are back', () =>
    visitors.every(({ heard }) => (newsOf(heard).at(-1)?.n ?? 0) > lost + 10),
  );
  expect(visitors.map(gaps)).toEqual([0, 0, 0, 1]);

  await relay.ask('change', { ...NO_LINK, rttMs: 80 });
  const again = await visit(portOf('websocket'), 'lane', 'websocket');
  await arrived(again.heard, 3);
  const { lanes } = server.read();
  const crossed = await relay.ask('crossed', null);
  for (const [index, name] of DEMO_TRANSPORTS.entries()) {
    expect(crossed[index]?.opened, name).toBeGreaterThanOrEqual(1);
    expect(crossed[index]?.bytesDown, name).toBeGreaterThan(64);
    expect(crossed[index]?.connections).toBeGreaterThanOrEqual(lanes[name]?.clients === 0 ? 0 : 1);
  }
});

test('where WebSocket is blocked, socket.io goes on by polling, and comes back to it', async () => {
  const { server, portOf, turn } = await stand();
  const upgraded = await visit(portOf('socketio'), 'lane', 'socketio');
  await until('the upgrade', () => upgraded.connection.carrying === 'websocket');
  await turn('upgrade-403', true);
  await until('it falls back', () => upgraded.ends.length > 0 && upgraded.connection.carrying === 'polling');
  await expect(visit(portOf('websocket'), 'lane', 'websocket')).rejects.toThrow('403');
  server.set({ eventsPerSecond: 50, payloadBytes: 64 });
  await arrived(upgraded.heard, 5);
  expect(upgraded.connection.carrying).toBe('polling');
  await turn('upgrade-403', false);
  const later = await visit(portOf('socketio'), 'lane', 'socketio');
  await until('the upgrade', () => later.connection.carrying === 'websocket');
});

test.skipIf(!hasRedisServer())('two nodes are one with the adapter, and each goes on without Redis', () =>
  withRedis(async (redisUrl, redis) => {
    const transports = ['websocket', 'socketio'] as const;
    const node = async (number: number, hasAdapter: boolean) => {
      const whereabouts = { node: number, key: 'demo-test', redisUrl };
      const cluster = { hasAdapter, whereabouts };
      const { server, port } = await serverApart({ transports, hasChat: false, cluster });
      return { server, visitors: await Promise.all(transports.map((name) => visit(port, 'lane', name))) };
    };
    const [one, two, apart] = [await node(1, true), await node(2, true), await node(3, false)];
    const publishing = { eventsPerSecond: 50, payloadBytes: 64 };
    await one.server.ask('set', publishing);
    await until('all events', () => two.visitors.every(({ heard }) => heard.length > 10));
    two.visitors[0]?.connection.send('from the other node');
    await until('it is heard', () =>
      one.visitors.every(({ heard }) => heard.some((text) => text.includes('from the other node'))),
    );
    // Lanes do not hear each other: each number comes once.
    for (const { heard } of two.visitors) {
      const own = newsOf(heard).filter(({ from }) => from === undefined);
      expect(new Set(own.map(({ n }) => n)).size).toBe(own.length);
    }
    expect(apart.visitors.map(({ heard }) => heard.length)).toEqual([0, 0]);

    await redis.kill();
    const before = one.visitors.map(({ heard }) => heard.length);
    await until('local events', () =>
      one.visitors.every(({ heard }, index) => heard.length > (before[index] ?? 0) + 200),
    );
    expect([one.server.isOver, two.server.isOver]).toEqual([false, false]);
    await redis.restart();
    const without = two.visitors.map(({ heard }) => heard.length);
    await until('both are one again', () =>
      two.visitors.every(({ heard }, index) => heard.length > (without[index] ?? 0) + 10),
    );
    await one.server.ask('retire', null);
  }),
);
