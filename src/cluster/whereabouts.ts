import type { ClusterSettings } from '../measurements.ts';

/** Where one node finds the others of its round. */
export interface Whereabouts {
  readonly node: number;
  /** What the names of this round's channels and streams begin with: a Redis may serve others too. */
  readonly key: string;
  /** Null where the nodes need no Redis. */
  readonly redisUrl: string | null;
}

type Settings = Pick<ClusterSettings, 'nodes' | 'adapter'>;

/** Whether what is published on one node reaches the clients of others. */
export function passesOn({ nodes, adapter }: Settings): boolean {
  return nodes > 1 && adapter !== 'none';
}

/** Whether that goes through a Redis. */
export function usesRedis(settings: Settings): boolean {
  return passesOn(settings) && settings.adapter.startsWith('redis');
}
