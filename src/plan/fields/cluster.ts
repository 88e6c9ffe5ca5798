import type { ClusterSettings } from '../../measurements.ts';
import { readWhole } from '../units.ts';
import { choice, type Field, field, onOff, ranged } from './field.ts';

/** One node, and nothing between it and its clients. */
export const clusterDefaults: ClusterSettings = {
  nodes: 1,
  adapter: 'none',
  redis: 'own',
  redisClient: 'ioredis',
  redisErrors: 'handled',
  balancer: 'none',
  sticky: true,
  balancerMistake: 'none',
};

/** More server processes than these are no machine's. */
export const MOST_NODES = 16;

/** Whether what stands before the nodes may keep clients out, or lose what is theirs: then that is what is to be found. */
export function hasObstacle({ sticky, balancerMistake }: ClusterSettings): boolean {
  return !sticky || balancerMistake !== 'none';
}

/** The settings of several servers that stand for one. */
export const clusterFields = {
  nodes: field(
    'nodes <count>',
    'server processes, over which clients are spread',
    ranged(`an integer from 1 to ${MOST_NODES}`, readWhole, 1, MOST_NODES),
  ),
  adapter: field(
    'adapter <name>',
    'nodes: how a message reaches the others: none, redis, redis-sharded, redis-streams or cluster',
    choice('none', 'redis', 'redis-sharded', 'redis-streams', 'cluster'),
  ),
  redis: field('redis <own|url>', 'nodes: a redis-server of this run alone, or the one at redis://...', {
    expected: 'own, or a URL such as redis://127.0.0.1:6379',
    read: (text) => (/^(own|rediss?:\/\/\S+)$/.test(text) ? text : undefined),
  }),
  redisClient: field(
    'redis-client <name>',
    'nodes: the library that speaks to Redis: ioredis or node-redis',
    choice('ioredis', 'node-redis'),
  ),
  redisErrors: field(
    'redis-errors <way>',
    'nodes: errors of the Redis connection are handled, or left to the library (unhandled)',
    choice('handled', 'unhandled'),
  ),
  balancer: field(
    'balancer <name>',
    'what stands before the nodes: none (each client knows its node), nginx or haproxy',
    choice('none', 'nginx', 'haproxy'),
  ),
  sticky: field('sticky <on|off>', 'balancer: a client comes to the same node each time', onOff()),
  balancerMistake: field(
    'balancer-mistake <name>',
    'balancer: configured wrong: no-upgrade, buffering, or none',
    choice('none', 'no-upgrade', 'buffering'),
  ),
} satisfies { readonly [S in keyof ClusterSettings]: Field<ClusterSettings[S]> };
