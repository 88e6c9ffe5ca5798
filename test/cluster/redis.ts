import { OwnRedis } from '../../src/cluster/own-redis.ts';
import { onPath } from '../../src/instrument/pinning.ts';

/** Whether these tests can be made here; says so where they cannot. */
export function hasRedisServer(): boolean {
  const isThere = onPath('redis-server');
  if (!isThere) console.log('skipped: no redis-server here (apt install redis-server)');
  return isThere;
}

/** Runs with a redis-server that is gone afterwards. */
export async function withRedis(use: (url: string, redis: OwnRedis) => Promise<void>): Promise<void> {
  const redis = new OwnRedis(undefined, undefined);
  try {
    await use(await redis.start(), redis);
  } finally {
    await redis.end();
  }
}
