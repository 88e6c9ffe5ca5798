import type { ClusterSettings } from '../../measurements.ts';
import type { RedisLines } from '../redis/lines.ts';
import type { Whereabouts } from '../whereabouts.ts';
import type { Bus, Heard } from './bus.ts';
import { openParentBus } from './parent.ts';
import { openPubSub } from './pub-sub.ts';
import { openStreams } from './streams.ts';

/** Opens the bus that an adapter's name stands for; resolves when this node hears the others. */
export async function openBus(
  adapter: ClusterSettings['adapter'],
  lines: RedisLines | null,
  whereabouts: Whereabouts,
  heard: Heard,
): Promise<Bus> {
  if (lines === null) return openParentBus(heard);
  switch (adapter) {
    case 'redis-streams':
      return openStreams(lines, whereabouts, heard);
    case 'redis-sharded':
      return openPubSub(lines, { ...whereabouts, way: 'sharded' }, heard);
    default:
      return openPubSub(lines, { ...whereabouts, way: 'whole' }, heard);
  }
}
