import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OpenStage } from '../../../src/demo/stage/open.ts';
import type { ClusterState, News } from '../../../src/demo-talk.ts';
import { EVENT } from '../../../src/transports/socketio/protocol.ts';
import { hasRedisServer } from '../../cluster/redis.ts';
import { allGone, marked } from '../../marked.ts';
import { start } from './starting.ts';
import { openDemo, Visitor } from './visitor.ts';

describe.runIf(hasRedisServer())('a cluster of two nodes', () => {
  const sockets: Socket[] = [];
  let stage: OpenStage;
  let visitor: Visitor;
  beforeAll(async () => {
    stage = await openDemo();
    visitor = await Visitor.at(stage.url);
  });
  afterAll(async () => {
    for (const socket of sockets) socket.disconnect();
    await stage.close();
  });

  /** Switches it, and answers with how it is then. */
  async function turn(on: boolean, hasAdapter: boolean): Promise<ClusterState> {
    const phase = on ? 'running' : 'off';
    const { cluster } = await visitor.see(
      { type: 'cluster', on, hasAdapter },
      (state) => state.cluster.phase === phase && (!on || state.cluster.hasAdapter === hasAdapter),
    );
    return cluster;
  }

  /** A client of a node's socket.io lane; gathers the news. */
  async function join(port = 0): Promise<News[]> {
    const socket = io(`http://127.0.0.1:${port}`, { path: '/lane/socketio/socket.io/', forceNew: true });
    sockets.push(socket);
    const heard: News[] = [];
    socket.on(EVENT, (text) => {
      heard.push(JSON.parse(String(text)));
    });
    await new Promise((resolve) => socket.once('connect', () => resolve(null)));
    return heard;
  }

  /** Waits until the first has heard so many more; answers with how many the second has heard meanwhile. */
  async function meanwhile(first: readonly News[], second: readonly News[], count: number): Promise<number> {
    const [before, other] = [first.length, second.length];
    visitor.told.length = 0;
    while (first.length < before + count) {
      visitor.told.length = 0;
      await visitor.next('state');
    }
    return second.length - other;
  }

  test('the second hears what the first publishes with the adapter, while Redis lives', async () => {
    const { ports, missing } = await turn(true, true);
    expect([ports.length, missing]).toEqual([2, null]);
    const [first, second] = [await join(ports[0]), await join(ports[1])];
    await expect.poll(() => second.length, { timeout: 10_000 }).toBeGreaterThan(3);

    await visitor.see({ type: 'redis', killed: true }, ({ cluster }) => cluster.redis === 'killed');
    // What was on its way may still come.
    await meanwhile(first, second, 10);
    expect(await meanwhile(first, second, 20)).toBe(0);

    await visitor.see({ type: 'redis', killed: false }, ({ cluster }) => cluster.redis === 'running');
    const heard = second.length;
    await expect.poll(() => second.length, { timeout: 10_000 }).toBeGreaterThan(heard);
  });

  test('without the adapter it hears nothing; numbers go on', async () => {
    const before = stage.state.cluster.published;
    expect(before).toBeGreaterThan(0);
    const { ports } = await turn(true, false);
    const [first, second] = [await join(ports[0]), await join(ports[1])];
    expect(await meanwhile(first, second, 20)).toBe(0);
    expect(first[0]?.n).toBeGreaterThan(before);
  });

  test('rate is that of the controls; off is off', async () => {
    await visitor.see(
      { type: 'set', settings: { eventsPerSecond: 0 } },
      (state) => state.settings.eventsPerSecond === 0,
    );
    const { published } = stage.state.cluster;
    const off = await turn(false, false);
    expect(off).toMatchObject({ phase: 'off', ports: [], published });
    expect(await visitor.refused({ type: 'redis', killed: true })).toBe('The cluster is off.');
  });

  test('where a node ends by itself the cluster is off, and the demo goes on', async () => {
    const mark = `demo-node-${process.pid}`;
    const { command, url } = await start(['--port', '0'], mark);
    const page = await Visitor.at(url);
    await page.next('state');
    const before = marked(mark);
    await page.see(
      { type: 'cluster', on: true, hasAdapter: true },
      (state) => state.cluster.phase === 'running',
    );
    const nodes = marked(mark).filter((pid) => !before.includes(pid) && roleOf(pid) === 'demo');
    expect(nodes).toHaveLength(2);
    page.told.length = 0;
    process.kill(nodes[1] ?? 0, 'SIGKILL');
    const { state } = await page.next('state', (now) => now.state.cluster.phase === 'off');
    await page.next('state', (now) => now.state.published > state.published);
    command.kill('SIGKILL');
    expect(await allGone(mark)).toBe(true);
  });

  test('SIGKILL of the command leaves neither nodes nor a Redis behind', async () => {
    const mark = `demo-redis-${process.pid}`;
    const { command, url } = await start(['--port', '0'], mark);
    const page = await Visitor.at(url);
    await page.see(
      { type: 'cluster', on: true, hasAdapter: true },
      (state) => state.cluster.phase === 'running',
    );
    const [redis = 0] = redisOf(marked(mark));
    expect(redis).toBeGreaterThan(0);
    command.kill('SIGKILL');
    expect(await allGone(mark)).toBe(true);
    await expect.poll(() => existsSync(`/proc/${redis}`)).toBe(false);
  });
});

function roleOf(pid: number): string | undefined {
  return /\0RTBENCH_ROLE=(\w+)\0/.exec(readFileSync(`/proc/${pid}/environ`, 'latin1'))?.[1];
}

/** Those that one of these started; a Redis writes its title over its environment, and so over the mark. */
function redisOf(parents: readonly number[]): number[] {
  const pids = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry));
  return pids.map(Number).filter((pid) => {
    const [, name, parent] = /\((.*)\) \w (\d+)/.exec(readStat(pid)) ?? [];
    return name === 'redis-server' && parents.includes(Number(parent));
  });
}

function readStat(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return '';
  }
}
