import { expect, it, type TestContext } from 'vitest';
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
/** Nobody gives anything up before a test is over. */
const OPTIONS = { ...TEST_OPTIONS, heartbeatTimeoutMs: 60_000 };
type Finished = TestContext['onTestFinished'];
const make = messageMaker(16, 'text');

it.concurrent.for(transports.map(({ name }) => name))(
  '%s: clients that lost their server for good come again, and keep their account',
  async (name, { expect, onTestFinished }) => {
    const { host, hole, fleet, recorder, trouble } = await begin(name, onTestFinished);
    publish(host, 0, 10);
    await until('the first', () => recorder.delivered === 30);
    // Nobody can resume at a server that knows nobody.
    await host.side.close();
    await host.stop();
    const fresh = await serve(transportOf(name), OPTIONS);
    onTestFinished(() => fresh.close());
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

it.concurrent.for(transports.map(({ name }) => name))(
  '%s: a fleet whose clients are on their way back is closed at once, and leaves nothing',
  async (name, { expect, onTestFinished }) => {
    const { host, hole, fleet, trouble } = await begin(name, onTestFinished);
    await host.side.close();
    await host.stop();
    await until('all noticed', () => turns(trouble, 'noticed') === 3);
    hole.open();
    await until('one tries in vain', () => hole.swallowed() > 0);
    await fleet.close();
    await until('no socket is left', () => hole.sockets() === 0);
    expect(fleet.size).toBe(0);
  },
);

it('without faults, a client whose connection is over is lost', async ({ onTestFinished }) => {
  const host = await serve(transportOf('websocket'));
  onTestFinished(() => host.close());
  const { fleet } = await open('websocket', host.url, null, onTestFinished);
  host.cut();
  await until('all lost', () => Object.values(fleet.dropped).reduce((sum, many) => sum + many, 0) === 3);
  expect(host.app.peers).toHaveLength(3);
});

async function begin(name: string, onTestFinished: Finished) {
  const host = await serve(transportOf(name), OPTIONS);
  const hole: Hole = await holeBefore(host.url);
  const trouble = new Trouble([{ fault: 'server-kill', atMs: 0, forMs: 0, node: 1 }], 100);
  onTestFinished(async () => {
    await hole.close();
    await host.close();
  });
  return { host, hole, trouble, ...(await open(name, hole.url, trouble, onTestFinished)) };
}

async function open(name: string, url: URL, trouble: Trouble | null, onTestFinished: Finished) {
  const scenario = scenarioOf('broadcast');
  const half = await findApplication('broadcast').client(scenario);
  const connect = await transportOf(name).client();
  const fleet = new Fleet(
    connect,
    half,
    { transport: name, scenario, crowd: 'library', ca: null, sabotage: null },
    trouble,
  );
  onTestFinished(() => fleet.close());
  const recorder = new Recorder(trouble);
  await fleet.open({ urls: [url.href], indexes: CLIENTS, options: OPTIONS }, (part, index) =>
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
