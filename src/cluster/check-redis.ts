import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { withoutPassword } from '../applications/chat/history/url.ts';
import { messageOf, type RtbenchError } from '../errors.ts';
import { onPath } from '../instrument/pinning.ts';
import type { ClusterSettings } from '../measurements.ts';
import { expected } from '../plan/wording.ts';
import { usesOwnRedis } from './own-redis.ts';
import { usesRedis } from './whereabouts.ts';

/** How long a Redis may take to show that it is one. */
const PATIENCE_MS = 2_000;

/** What Redis says first when it refuses, and what that means for whoever wrote the URL. */
const REFUSALS: readonly (readonly [begins: string, reason: string])[] = [
  ['NOAUTH', 'it asks for a password (redis://:PASSWORD@host:port)'],
  ['WRONGPASS', 'it refuses the name or the password'],
  ['ERR AUTH', 'it asks for no password, and the URL gives one'],
  ['NOPERM', 'this user may not publish or write there'],
  ['READONLY', 'it is a read-only replica'],
  ['ERR unknown command', 'it knows no sharded channels: those need Redis 7'],
];

/** Makes sure, before anything runs, that the Redis of a scenario can be had, and does what the adapter needs. */
export async function checkRedis(
  settings: Pick<ClusterSettings, 'nodes' | 'adapter' | 'redis'>,
): Promise<void> {
  if (!usesRedis(settings)) return;
  const { adapter, redis } = settings;
  if (!usesOwnRedis(settings)) return tryOut(redis, adapter);
  if (onPath('redis-server')) return;
  const remedy =
    ', and there is no redis-server here: `apt install redis-server`, or give one by --redis URL';
  throw expected('--adapter', 'one that works here', adapter, remedy);
}

async function tryOut(url: string, adapter: ClusterSettings['adapter']): Promise<void> {
  const { Redis } = await import('ioredis');
  const client = new Redis(url, {
    lazyConnect: true,
    connectTimeout: PATIENCE_MS,
    retryStrategy: null,
    maxRetriesPerRequest: 0,
    enableReadyCheck: false,
  });
  let failure: Error | undefined;
  client.on('error', (error) => {
    failure ??= error;
  });
  const key = `rtbench-check-${randomUUID()}`;
  const attempt = async () => {
    await client.connect();
    await client.ping();
    await client.set(key, '', 'PX', 1);
    if (adapter === 'redis-sharded') await client.spublish(key, '');
    else await client.publish(key, '');
    return 'works' as const;
  };
  try {
    const outcome = await Promise.race([attempt(), sleep(PATIENCE_MS, undefined, { ref: false })]);
    if (outcome === undefined)
      throw new Error(`nothing there answers as Redis does within ${PATIENCE_MS} ms`);
  } catch (error) {
    throw unusable(url, messageOf(failure ?? error));
  } finally {
    client.disconnect();
  }
}

function unusable(url: string, said: string): RtbenchError {
  const known = REFUSALS.find(([begins]) => said.startsWith(begins))?.[1];
  const reason = `: ${known ?? withoutPassword(said)}`;
  return expected('--redis', 'a Redis that can be used', withoutPassword(url), reason);
}
