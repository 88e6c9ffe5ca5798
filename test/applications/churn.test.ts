import { expect, test } from 'vitest';
import { ChurnClients } from '../../src/applications/churn/client.ts';
import { ChurnServer } from '../../src/applications/churn/server.ts';
import { departures } from '../../src/clients/churning.ts';
import { isWitness } from '../../src/clients/witness.ts';
import type { Connection, Message, Peer } from '../../src/contracts.ts';
import type { ResolvedScenario } from '../../src/measurements.ts';
import { SCHEDULE_SOURCE } from '../../src/message.ts';
import { applicationDefaults } from '../../src/plan/fields/application.ts';
import { defaults } from '../../src/plan/fields/index.ts';
import { rtbench } from '../rtbench.ts';

const SCENARIO: ResolvedScenario = {
  ...defaults,
  ...applicationDefaults,
  ...{ name: 'churn', summary: '', application: 'churn', witnesses: 10, clients: 100 },
};

/** Both halves with the shortest way between them: what is said arrives at once, until it is cut. */
class Room {
  readonly server = new ChurnServer(SCENARIO);
  readonly #clients = new ChurnClients(SCENARIO);
  readonly #members = new Map<Peer, (message: Message) => void>();
  readonly #side = {
    publish: (_: string, message: Message) => {
      for (const hear of this.#members.values()) hear(message);
    },
    close: async () => undefined,
  };
  #published = 0;

  publish(): number {
    const stamp = { source: SCHEDULE_SOURCE, sequence: this.#published++, dueUs: 1 };
    return this.server.publish(this.#side, stamp);
  }

  /** A client that comes in; `heard` are the numbers of what it gets. */
  async come(index: number) {
    const part = this.#clients.part(index);
    const heard: number[] = [];
    let isCut = false;
    const hear = (message: Message) => {
      const found = isCut ? 'aside' : part.hear(message);
      if (typeof found === 'object') heard.push(found.stamp.sequence);
    };
    const peer: Peer = {
      id: String(index),
      join: () => this.#members.set(peer, hear),
      leave: () => this.#members.delete(peer),
      send: hear,
      isBusy: false,
      drop: () => {},
    };
    const connection: Connection = {
      carrying: 'nothing',
      send: (message) => this.server.app.received(peer, message),
      close: async () => this.server.app.closed(peer, 'closed'),
      cut: async () => {
        isCut = true;
      },
    };
    this.server.app.opened(peer);
    await part.enter?.(connection);
    return { part, peer, connection, heard };
  }
}

test('who has left in good order is no longer counted, and gets nothing more', async () => {
  const room = new Room();
  const [stays, leaves] = [await room.come(1), await room.come(2)];
  expect(room.publish()).toBe(2);
  await leaves.part.leave?.(leaves.connection);
  expect(room.publish()).toBe(1);
  await leaves.connection.close();
  expect(room.publish()).toBe(1);
  expect([stays.heard, leaves.heard]).toEqual([[0, 1, 2], [0]]);
  expect(room.server.missed(0, 3)).toBe(0);
});

test('what was published to a client after it was cut off is counted apart, once it is back', async () => {
  const room = new Room();
  const gone = await room.come(1);
  room.publish();
  await gone.part.vanish?.(gone.connection);
  expect(room.publish()).toBe(1);
  expect(room.publish()).toBe(1);
  expect(room.server.missed(0, 10)).toBe(0);
  const back = await room.come(1);
  expect(room.server.missed(0, 10)).toBe(2);
  expect([room.server.missed(2, 1), room.server.missed(3, 7)]).toEqual([1, 0]);
  // The former connection is noticed only now: it was no member any more.
  await gone.connection.close();
  expect(room.publish()).toBe(1);
  expect([gone.heard, back.heard]).toEqual([[0], [3]]);
  expect(room.server.missed(0, 10)).toBe(2);
});

test('a client that the server had seen go misses nothing from then on', async () => {
  const room = new Room();
  const gone = await room.come(1);
  await gone.part.vanish?.(gone.connection);
  room.publish();
  await gone.connection.close();
  expect(room.publish()).toBe(0);
  await room.come(1);
  expect(room.server.missed(0, 10)).toBe(1);
});

const TIMELINE = {
  epochNs: 0,
  startUs: 0,
  windowStartUs: 1e6,
  windowEndUs: 3e6,
  phaseEndsUs: [],
  lightEndUs: 4e6,
};

test('the share that was asked for leaves, evenly, the crowd by turns and no witness', () => {
  const gone = departures(TIMELINE, { ...SCENARIO, churnPerSecond: 0.5, stormShare: 0 });
  expect(gone).toHaveLength(100);
  expect(new Set(gone.map(({ index }) => index)).size).toBe(90);
  expect(gone.filter(({ index, cut }) => cut || isWitness(index, SCENARIO))).toEqual([]);
  expect(gone[0]?.atUs).toBe(1.01e6);
  expect(gone.at(-1)?.atUs).toBe(2.99e6);
});

test('a storm cuts off its share at one instant, witnesses last', () => {
  const half = departures(TIMELINE, { ...SCENARIO, churnPerSecond: 0, stormShare: 0.5 });
  expect(half).toHaveLength(50);
  expect(half.every(({ cut, atUs }) => cut && atUs === 2e6)).toBe(true);
  expect(half.some(({ index }) => isWitness(index, SCENARIO))).toBe(false);
  expect(departures(TIMELINE, { ...SCENARIO, churnPerSecond: 0, stormShare: 1 })).toHaveLength(100);
});

const FAULTS = new URL('../run/faults.ts', import.meta.url).href;

test('in a real round what is cut off is told apart from what is lost', async () => {
  const call = 'run --scenario churn --transport ws --clients 20 --rate 20 --churn 50% --storm 50%';
  const rest = '--duration 1s --warmup 200ms --rounds 1 --isolate off --json --quiet';
  const env = { NODE_OPTIONS: `--import=${FAULTS}`, RTBENCH_TEST_FAULT: 'drops-a-message' };
  const { code, stdout } = await rtbench([...call.split(' '), ...rest.split(' ')], env);
  expect(code).toBe(0);
  const [{ delivery, churn, flags }] = JSON.parse(stdout).rounds;
  expect(delivery).toMatchObject({ lost: 1, duplicated: 0, delivered: delivery.expected - 1 });
  expect(churn).toMatchObject({ cuts: 10, failed: 0, joins: churn.leaves + churn.cuts });
  expect(churn.stormRecoveredMs).toBeGreaterThan(0);
  expect(flags.map((flag: { code: string }) => flag.code)).toContain('messages-lost');
});

test.each([
  '{',
  '{"say":"again"}',
  '{"say":"again","was":"1","heard":null}',
  '[1]',
  '{"say":"leave me alone"}',
  '',
])('a client that says %j is no reason for the server to end, and leaves nobody out', async (garbage) => {
  const room = new Room();
  await room.come(0);
  const stranger: Peer = {
    id: 'stranger',
    join: () => {},
    leave: () => {},
    send: () => {},
    isBusy: false,
    drop: () => {},
  };
  room.server.app.received(stranger, garbage);
  expect(room.publish()).toBe(1);
});
