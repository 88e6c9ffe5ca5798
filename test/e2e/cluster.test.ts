import { afterAll, describe, expect, test } from 'vitest';
import { RoleProcess } from '../../src/instrument/role-process.ts';
import type { YardstickCalls } from '../../src/instrument/yardstick.ts';
import type { ApplicationName, Round } from '../../src/measurements.ts';
import { makePlan } from '../../src/plan/make.ts';
import type { WrittenSettings } from '../../src/plan/settings.ts';
import { runTurn, startCrew } from '../../src/run/rounds.ts';
import { findTransport } from '../../src/transports/index.ts';
import { hasRedisServer } from '../cluster/redis.ts';

const yardstick = new RoleProcess<YardstickCalls>('yardstick', undefined);
afterAll(() => yardstick.end());

/** One round of three nodes without warming, for what only counts. */
async function round(
  name: string,
  options: WrittenSettings,
  application: ApplicationName = 'broadcast',
): Promise<Round> {
  const transport = findTransport(name);
  if (transport === undefined) throw new Error(`no ${name}`);
  const { scenario } = makePlan(
    {
      command: [],
      transports: [transport],
      scenario: { name: 'clustered', summary: '', application, settings: {} },
      rounds: 1,
      isolate: 'off',
      options: { nodes: '3', clients: '31', ratePerSecond: '20', durationMs: '500ms', ...options },
    },
    { openFiles: 20_000 },
  );
  const signal = new AbortController().signal;
  const surroundings = { certificate: null, yardstick, pinning: null, namespace: null, signal };
  const turn = { transport: name, round: 1, scenario };
  const crew = startCrew(turn, surroundings, { cold: true, withoutLight: true });
  const around = { last: undefined, entered: () => undefined, next: () => undefined };
  return (await runTurn(turn, crew, surroundings, around)).round;
}

// Ten messages by turns: the first node has eleven clients and says four or three, the others have ten.
const MESSAGES = 10;
const CLIENTS = 31;

function hopsOf({ cluster }: Round) {
  const hop = (which: 'local' | 'remote') => [cluster?.[which].expected, cluster?.[which].delivered];
  return { local: hop('local'), remote: hop('remote') };
}

function expectAll(measured: Round): void {
  const { delivery } = measured;
  expect(delivery).toMatchObject({ lost: 0, duplicated: 0, misdirected: 0 });
  const { local, remote } = hopsOf(measured);
  expect(local[1]).toBe(local[0]);
  expect(remote[1]).toBe(remote[0]);
  expect(Number(local[0]) + Number(remote[0])).toBe(delivery.expected);
}

test('nodes that pass nothing on reach their own clients, exactly, and that is a finding', async () => {
  const measured = await round('websocket', { adapter: 'none' });
  expect(measured.delivery).toMatchObject({ published: MESSAGES, expected: MESSAGES * CLIENTS });
  const { local, remote } = hopsOf(measured);
  expect(Number(local[0])).toBeGreaterThanOrEqual(MESSAGES * 10);
  expect(Number(local[0])).toBeLessThanOrEqual(MESSAGES * 10 + 4);
  expect(local[1]).toBe(local[0]);
  expect(remote).toEqual([MESSAGES * CLIENTS - Number(local[0]), 0]);
  expect(measured.delivery.lost).toBe(remote[0]);
  expect(measured.flags.map(({ code }) => code)).not.toContain('messages-lost');
  expect(measured.cluster?.nodes.map(({ clients, openAtEnd }) => [clients, openAtEnd])).toEqual([
    [11, 11],
    [10, 10],
    [10, 10],
  ]);
});

test.each(['websocket', 'socketio'])('nodes reach all clients of %s through their parent', async (name) => {
  expectAll(await round(name, { adapter: 'cluster', payloadKind: 'binary' }));
});

describe.runIf(hasRedisServer())('nodes reach all clients', () => {
  test.each(['websocket', 'longpoll', 'sse'])('of %s over Redis', async (name) => {
    const measured = await round(name, { adapter: 'redis' });
    expectAll(measured);
    expect(measured.delivery.expected).toBe(MESSAGES * CLIENTS);
    expect(measured.cluster?.redisCpuUs).not.toBeNull();
  });

  test.each([
    ['redis', 'ioredis', 'handled', 'binary'],
    ['redis', 'node-redis', 'unhandled', 'text'],
    ['redis-sharded', 'node-redis', 'handled', 'binary'],
    ['redis-streams', 'ioredis', 'handled', 'text'],
  ])(
    'of socket.io by its adapter %s over %s, %s, %s',
    async (adapter, redisClient, redisErrors, payloadKind) => {
      const measured = await round('socketio', { adapter, redisClient, redisErrors, payloadKind });
      expectAll(measured);
      expect(measured.delivery.expected).toBe(MESSAGES * CLIENTS);
    },
  );

  test('of a room in a chat, and nobody else', async () => {
    const measured = await round('socketio', { adapter: 'redis', clients: '30', roomSize: '6' }, 'chat');
    expectAll(measured);
    const { local, remote } = hopsOf(measured);
    expect(Number(local[0])).toBeGreaterThan(0);
    expect(Number(remote[0])).toBeGreaterThan(Number(local[0]));
  });
});
