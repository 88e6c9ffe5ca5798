import { fork } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, test } from 'vitest';
import { transports } from '../../src/transports/index.ts';
import { until } from '../transports/harness.ts';
import { type Stage, scenarioOf, stage } from './stage.ts';

const LARGE = { clients: 1, symbols: 4, subscriptions: 4, payloadBytes: 16 << 10 };
/** More than any kernel buffers on both sides of one connection. */
const MOST_UPDATES = 4_000;

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A stopped process, so nothing of its slowness is pretended. */
describe.each(transports)('a client that stops for a while, over $name', ({ name, family }) => {
  const pulls = family === 'polling' || family === 'longpoll' || name === 'socketio-polling';

  test('conflated: it has the newest values in the end, and nothing is lost', async () => {
    const { made, client } = await start({ conflate: true });
    await flood(made, () => made.conflated >= 50);
    expect(made.conflated).toBeGreaterThanOrEqual(50);
    client.goOn();
    await until('the rest', () => client.heard.length + made.conflated === made.expected);
    const newest = new Map(client.heard.map(({ source, sequence }) => [source, sequence]));
    expect([...newest.values()].reduce((sum, sequence) => sum + sequence + 1, 0)).toBe(made.expected);
    expect(new Set(client.heard.map((stamp) => JSON.stringify(stamp))).size).toBe(client.heard.length);
    expect(made.closed).toEqual([]);
  });

  test('without: everything arrives, or the client is dropped', async () => {
    const { made, client } = await start({ conflate: false });
    await flood(made, () => made.closed.length > 0 || (pulls && made.expected >= 40));
    const dropped = made.closed.length > 0;
    client.goOn();
    if (dropped) {
      expect(made.closed).toEqual([expect.stringContaining('buffer full')]);
    } else {
      await until('everything', () => client.heard.length === made.expected);
    }
    expect(dropped).toBe(!pulls);
    expect(made.conflated).toBe(0);
  });

  async function start(settings: { readonly conflate: boolean }) {
    const scenario = scenarioOf('exchange', { ...LARGE, ...settings });
    const made = await stage(name, scenario);
    ends.push(() => made.close());
    const child = fork(
      new URL('./distant-follower.ts', import.meta.url),
      [name, made.url.href, JSON.stringify(scenario)],
      { execArgv: [] },
    );
    const heard: { source: number; sequence: number }[] = [];
    let entered = false;
    child.on('message', (told: 'entered' | { source: number; sequence: number }) => {
      if (told === 'entered') entered = true;
      else heard.push(told);
    });
    ends.push(() => {
      child.kill('SIGKILL');
      return child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined;
    });
    await until('the follower takes part', () => entered);
    child.kill('SIGSTOP');
    return { made, client: { heard, goOn: () => child.kill('SIGCONT') } };
  }
});

/** Publishes in turns of the loop, until there is enough. */
async function flood(made: Stage, over: () => boolean): Promise<void> {
  for (let count = 0; count < MOST_UPDATES && !over(); count++) {
    made.publish();
    await new Promise(setImmediate);
  }
}
