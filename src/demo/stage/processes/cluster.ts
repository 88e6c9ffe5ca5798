import { randomUUID } from 'node:crypto';
import { OwnRedis } from '../../../cluster/own-redis.ts';
import type { ClusterState } from '../../../demo-talk.ts';
import { onPath } from '../../../instrument/pinning.ts';
import type { Publishing } from '../../protocol.ts';
import { DemoNode } from './node.ts';

const TRANSPORTS = ['websocket', 'socketio'] as const;

/** Where the cluster's two nodes are. */
export interface ClusterPlace {
  readonly serverPorts: readonly number[];
  readonly origins: readonly string[];
}

/** Two nodes that can be switched on and off, and a Redis of their own between them. */
export class Cluster {
  readonly #place: ClusterPlace;
  #nodes: readonly DemoNode[] = [];
  #redis: OwnRedis | null = null;
  #state: Omit<ClusterState, 'ports'> = {
    missing: onPath('redis-server') ? null : 'There is no redis-server here: `apt install redis-server`.',
    phase: 'off',
    hasAdapter: false,
    redis: 'running',
    published: 0,
  };

  constructor(place: ClusterPlace) {
    this.#place = place;
  }

  get state(): Omit<ClusterState, 'ports'> {
    return this.#state;
  }

  /** Starts it anew; numbers go on. */
  async turnOn(hasAdapter: boolean, publishing: Publishing): Promise<void> {
    await this.turnOff();
    const redis = new OwnRedis(undefined, undefined);
    // It may be switched off while it starts.
    const isWanted = () => this.#redis === redis;
    this.#redis = redis;
    this.#state = { ...this.#state, phase: 'starting', hasAdapter };
    try {
      const redisUrl = await redis.start();
      if (isWanted()) await this.#startNodes(hasAdapter ? redisUrl : null, publishing);
      if (isWanted()) this.#state = { ...this.#state, phase: 'running' };
    } catch (error) {
      await this.turnOff();
      throw error;
    }
  }

  async turnOff(): Promise<void> {
    const ending = [...this.#nodes, this.#redis];
    this.#nodes = [];
    this.#redis = null;
    this.#state = { ...this.#state, phase: 'off', redis: 'running' };
    await Promise.all(ending.map((one) => one?.end()));
  }

  async #startNodes(redisUrl: string | null, publishing: Publishing): Promise<void> {
    const { serverPorts, origins } = this.#place;
    const key = `rtbench-demo-${randomUUID()}`;
    this.#nodes = serverPorts.map((port, index) => {
      const start = {
        transports: TRANSPORTS,
        hasChat: false,
        publishing: index === 0 ? publishing : { ...publishing, eventsPerSecond: 0 },
        port,
        origins,
        cluster: { hasAdapter: redisUrl !== null, whereabouts: { node: index + 1, key, redisUrl } },
      };
      // Where one ends by itself, the cluster is off.
      return new DemoNode(start, this.#state.published, () => void this.turnOff());
    });
    await Promise.all(this.#nodes.map((node) => node.begin()));
  }

  /** Only the first node publishes. */
  set(publishing: Publishing): Promise<void> {
    return this.#offWhereFailing(async () => this.#nodes[0]?.set(publishing));
  }

  killRedis(killed: boolean): Promise<void> {
    return this.#offWhereFailing(async () => {
      if (killed) await this.#redis?.kill();
      else await this.#redis?.restart();
      this.#state = { ...this.#state, redis: killed ? 'killed' : 'running' };
    });
  }

  /** Looks how far the first node has come. */
  read(): Promise<void> {
    return this.#offWhereFailing(async () => {
      const reading = await this.#nodes[0]?.read();
      if (reading !== undefined) this.#state = { ...this.#state, published: reading.published };
    });
  }

  /** The demo goes on without a cluster that broke. */
  async #offWhereFailing(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch {
      await this.turnOff();
    }
  }
}
