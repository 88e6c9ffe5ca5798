import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { OwnRedis } from '../../src/cluster/own-redis.ts';
import { openReach, type Reach } from '../../src/cluster/reach.ts';
import type { Message, ServerSide } from '../../src/contracts.ts';
import type { ClusterSettings } from '../../src/measurements.ts';
import { hasRedisServer, withRedis } from './redis.ts';

/** A server side that keeps what its clients would get. */
class Kept implements ServerSide {
  readonly heard: [room: string, message: Message][] = [];

  publish(room: string, message: Message): void {
    this.heard.push([room, typeof message === 'string' ? message : Buffer.from(message)]);
  }

  async close(): Promise<void> {}
}

interface Node {
  readonly kept: Kept;
  readonly side: ServerSide;
  readonly reach: Reach;
}

type Settings = Pick<ClusterSettings, 'adapter' | 'redisClient' | 'redisErrors'>;

async function openNodes(settings: Settings, redisUrl: string, count = 2): Promise<Node[]> {
  const key = `test-${randomUUID()}`;
  const nodes = Array.from({ length: count }, async (_, index) => {
    const reach = await openReach(settings, { node: index + 1, key, redisUrl }, false);
    const kept = new Kept();
    return { kept, reach, side: await reach.over(kept) };
  });
  return Promise.all(nodes);
}

const adapters = ['redis', 'redis-sharded', 'redis-streams'] as const;
const clients = ['ioredis', 'node-redis'] as const;
const kinds = adapters.flatMap((adapter) => clients.map((redisClient) => ({ adapter, redisClient })));

describe.runIf(hasRedisServer())('a bus', () => {
  const shared = new OwnRedis(undefined, undefined);
  let url = '';
  beforeAll(async () => {
    url = await shared.start();
  });
  afterAll(() => shared.end());

  test.each(kinds)(
    'over $adapter by $redisClient: every node hears the others, once and unchanged',
    async (kind) => {
      const nodes = await openNodes({ ...kind, redisErrors: 'unhandled' }, url, 3);
      const [first, second] = nodes;
      const said: [string, Message][] = [
        ['room ü', 'text with ü and \0'],
        ['', ''],
        ['bytes', Buffer.from([0, 255, 254, 10])],
      ];
      for (const [room, message] of said) first?.side.publish(room, message);
      second?.side.publish('last', 'from the second');
      for (const { kept } of nodes) await vi.waitFor(() => expect(kept.heard.length).toBe(4));
      for (const { kept } of nodes) {
        expect(kept.heard.filter(([room]) => room !== 'last')).toEqual(said);
        expect(kept.heard).toContainEqual(['last', 'from the second']);
      }
      await Promise.all(nodes.map(({ side }) => side.close()));
    },
  );

  test.each(kinds)('over $adapter by $redisClient lives through a Redis that is killed', (kind) =>
    withRedis(async (url, redis) => {
      const [one, other] = await openNodes({ ...kind, redisErrors: 'handled' }, url);
      if (one === undefined || other === undefined) throw new Error('no nodes');
      await redis.kill();
      one.side.publish('room', 'while it is gone');
      expect(one.kept.heard).toEqual([['room', 'while it is gone']]);
      await vi.waitFor(() => expect(one.reach.failures).toBe(1));
      await redis.restart();
      await vi.waitFor(
        () => {
          one.side.publish('room', 'again');
          expect(other.kept.heard).toContainEqual(['room', 'again']);
        },
        { timeout: 10_000, interval: 50 },
      );
      expect(other.kept.heard).not.toContainEqual(['room', 'while it is gone']);
      await Promise.all([one.side.close(), other.side.close()]);
    }),
  );

  test('over a Redis that is frozen sends nothing more after a while, and little is stale', () =>
    withRedis(async (url, redis) => {
      const settings = { adapter: 'redis', redisClient: 'ioredis', redisErrors: 'handled' } as const;
      const [one, other] = await openNodes(settings, url);
      if (one === undefined || other === undefined) throw new Error('no nodes');
      await redis.freeze();
      let said = 0;
      await vi.waitFor(
        () => {
          one.side.publish('room', String(said++));
          expect(one.reach.failures).toBeGreaterThan(5);
        },
        { timeout: 10_000, interval: 20 },
      );
      expect(other.kept.heard).toEqual([]);
      await redis.thaw();
      await vi.waitFor(() => expect(other.kept.heard.length).toBe(said - one.reach.failures));
      await Promise.all([one.side.close(), other.side.close()]);
    }));
});
