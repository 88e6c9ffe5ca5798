import { createAdapter as createParentAdapter } from '@socket.io/cluster-adapter';
import { createAdapter, createShardedAdapter } from '@socket.io/redis-adapter';
import { createAdapter as createStreamsAdapter } from '@socket.io/redis-streams-adapter';
import type { SocketioAdapter } from '../contracts.ts';
import type { ClusterSettings } from '../measurements.ts';
import type { RedisLines } from './redis/lines.ts';

/** socket.io's own adapter of that name, over the given connections. */
export function makeAdapter(
  adapter: ClusterSettings['adapter'],
  lines: RedisLines | null,
  key: string,
): SocketioAdapter {
  if (lines === null) return createParentAdapter();
  const { publisher, subscriber } = lines;
  switch (adapter) {
    case 'redis-streams':
      return createStreamsAdapter(publisher, { streamName: key, channelPrefix: key });
    case 'redis-sharded':
      return createShardedAdapter(publisher, subscriber, { channelPrefix: key });
    default:
      return createAdapter(publisher, subscriber, { key });
  }
}
