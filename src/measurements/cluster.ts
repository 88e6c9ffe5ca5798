import type { Latency } from './latency.ts';

/** How several servers stand for one; read where there is more than one node, or a balancer before it. */
export interface ClusterSettings {
  /** Server processes; clients are spread over them by turns. */
  readonly nodes: number;
  /** How a message reaches the clients of the other nodes. */
  readonly adapter: 'none' | 'redis' | 'redis-sharded' | 'redis-streams' | 'cluster';
  /** `own`: a redis-server that the run starts; else a URL. */
  readonly redis: string;
  readonly redisClient: 'ioredis' | 'node-redis';
  /** Whether the connection's errors are listened to and commands give up, or are left to the library's defaults. */
  readonly redisErrors: 'handled' | 'unhandled';
  /** What stands before the nodes; without one each client knows its node. */
  readonly balancer: 'none' | 'nginx' | 'haproxy';
  /** Whether the balancer sends a client to the same node each time. */
  readonly sticky: boolean;
  /** What is wrong with its configuration. */
  readonly balancerMistake: 'none' | 'no-upgrade' | 'buffering';
}

/** What several nodes came to. */
export interface Cluster {
  /** Messages to clients of the node that said them, and to those of other nodes; nothing where a balancer chose each client's node. */
  readonly local: Hop;
  readonly remote: Hop;
  readonly nodes: readonly NodeResult[];
  /** What the run's own Redis used of the CPU in the window; null where there is none, or nobody saw. */
  readonly redisCpuUs: number | null;
}

/** Deliveries over one way, by identity, of the messages due in the window. */
export interface Hop {
  readonly expected: number;
  readonly delivered: number;
  readonly latency: Latency;
}

/** One server process. */
export interface NodeResult {
  readonly node: number;
  readonly clients: number;
  readonly cpuUs: number;
  readonly rssBytes: number;
  readonly rssIdleBytes: number;
  readonly openAtEnd: number;
  /** Messages of the window that it could not pass on to the others, where its Redis connection's errors are handled. */
  readonly unpublished: number;
  /** Why it ended though nobody ended it, and when after the window's start; null where it did not. */
  readonly died: { readonly atMs: number; readonly why: string } | null;
}
