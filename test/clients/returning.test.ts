import { afterEach, expect, it } from 'vitest';
import { findApplication } from '../../src/applications/index.ts';
import { Fleet } from '../../src/clients/fleet.ts';
import { Recorder } from '../../src/clients/recording/recorder.ts';
import { Trouble } from '../../src/clients/recording/trouble.ts';
import type { Transport } from '../../src/contracts.ts';
import { nowNs } from '../../src/instrument/clock.ts';
import { messageMaker } from '../../src/message.ts';
import type { Timeline } from '../../src/timeline.ts';
import { findTransport, transports } from '../../src/transports/index.ts';
import { scenarioOf } from '../applications/stage.ts';
import { type Host, serve, TEST_OPTIONS, until } from '../transports/harness.ts';
import { type Hole, holeBefore } from '../transports/hole.ts';

const HOUR_US = 3_600e6;
const CLIENTS = [0, 1, 2];
const OPTIONS = { ...TEST_OPTIONS, heartbeatMs: 60, holdMs: 60, heartbeatTimeoutMs: 300 };
const make = messageMaker(16, 'text');

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

it.each(transports.map(({ name }) => [name]))(
  '%s: clients that lost their server for good come again, and keep their account',
  async (name) => {
    const { host, hole, fleet, recorder, trouble } = await begin(name);
    publish(host, 0, 10);
    await until('the first', () => recorder.delivered === 30);
    // Nobody can resume at a server that knows nobody.
    hole.open();
    await host.side.close();
    const fresh = await serve(transportOf(name), OPTIONS);
    ends.push(() => fresh.close());
    hole.end(fresh.url);
    await until('all are back', () => fresh.app.peers.length >= 3 && fleet.members.size === 3);
    await until('all are told of', () => turns(trouble, 'reconnected') === 3);
    publish(fresh, 9, 12);
    await until('the rest', () => recorder.delivered === 36);
    const { duplicated, reordered } = recorder.share();
    expect({ duplicated, reordered }).toEqual({ duplicated: 3, reordered: 0 });
    expect([turns(trouble, 'noticed'), turns(trouble, 'resumed'), fleet.dropped]).toEqual([3, 0, {}]);
    expect(fleet.size).toBe(3);
    await fleet.close();
    await until('all have left', () => fresh.app.ended.length === fresh.app.peers.length);
  },
);

it.each(transports.map(({ name }) => [name]))(
  '%s: a fleet whose clients are on their way back is closed at once, and leaves nothing',
  async (name) => {
    const { host, hole, fleet, trouble } = await begin(name, { heartbeatTimeoutMs: 60_000 });
    await host.side.close();
    await host.stop();
    await until('all noticed', () => turns(trouble, 'noticed') === 3);
    hole.open();
    await until('one tries in vain', () => hole.sockets() > 0);
    await fleet.close();
    await until('no socket is left', () => hole.sockets() === 0);
    expect(fleet.size).toBe(0);
  },
);

it('without faults, a client whose connection is over is lost', async () => {
  const host = await serve(transportOf('websocket'));
  ends.push(() => host.close());
  const { fleet } = await open('websocket', host.url, null);
  host.cut();
  await until('all lost', () => Object.values(fleet.dropped).reduce((sum, many) => sum + many, 0) === 3);
  expect(host.app.peers).toHaveLength(3);
});

async function begin(name: string, overrides: Partial<typeof OPTIONS> = {}) {
  const options = { ...OPTIONS, ...overrides };
  const host = await serve(transportOf(name), options);
  const hole: Hole = await holeBefore(host.url);
  const trouble = new Trouble([{ fault: 'server-kill', atMs: 0, forMs: 0, node: 1 }], 100);
  ends.push(
    () => host.close(),
    () => hole.close(),
  );
  return { host, hole, trouble, ...(await open(name, hole.url, trouble, options)) };
}

async function open(name: string, url: URL, trouble: Trouble | null, options = OPTIONS) {
  const scenario = scenarioOf('broadcast');
  const half = await findApplication('broadcast').client(scenario);
  const connect = await transportOf(name).client();
  const fleet = new Fleet(connect, half, { transport: name, scenario, ca: null, sabotage: null }, trouble);
  ends.push(() => fleet.close());
  const recorder = new Recorder(trouble);
  await fleet.open({ urls: [url.href], indexes: CLIENTS, options }, (part, index) =>
    recorder.listener(part, index),
  );
  const timeline: Timeline = {
    epochNs: nowNs() - (HOUR_US / 2) * 1000,
    ...{ startUs: 0, windowStartUs: 0, windowEndUs: HOUR_US, phaseEndsUs: [], lightEndUs: HOUR_US },
  };
  recorder.arm(timeline);
  trouble?.arm(timeline, fleet.size);
  return { fleet, recorder };
}

function publish({ side }: Host, from: number, to: number): void {
  for (let sequence = from; sequence < to; sequence++) {
    side.publish('all', make({ source: 0, sequence, dueUs: HOUR_US / 2 }));
  }
}

function turns(trouble: Trouble, wanted: string): number {
  return trouble.share().turns.filter(({ what }) => what === wanted).length;
}

function transportOf(name: string): Transport {
  const transport = findTransport(name);
  if (transport === undefined) throw new Error(`no transport ${name}`);
  return transport;
}
