import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { ClientsCalls } from '../../src/clients/protocol.ts';
import { nowNs } from '../../src/instrument/clock.ts';
import { RoleProcess } from '../../src/instrument/role-process.ts';
import type { ResolvedScenario } from '../../src/measurements.ts';
import { defaults } from '../../src/plan/fields/index.ts';
import { transportOptions } from '../../src/plan/transport-options.ts';
import type { ServerCalls } from '../../src/server/protocol.ts';
import { type Misdeed, Spoiler } from './spoiler.ts';

const SCENARIO: ResolvedScenario = {
  ...{ name: 'hostile', summary: 'Some servers go wrong', application: 'broadcast' },
  ...defaults,
  ...{ clients: 100, witnesses: 1, heartbeatMs: 300, heartbeatTimeoutMs: 300, holdMs: 300 },
};
// Small limits, so that what passes them is soon told from what grows without any.
const OPTIONS = { ...transportOptions(SCENARIO), maxMessageBytes: 1 << 18, logBytes: 1 << 20 };
const WELL = 4;
const PATIENCE = { timeout: 10_000, interval: 10 };
/** What a driver may hold for a while, where a server writes as fast as it can, and go on holding while it is answered so. */
const PEAK_BYTES = 96 << 20;
const LEFT_BYTES = 32 << 20;

const GARBAGE = Buffer.from(
  Array.from({ length: 4096 }, (_, index) => (index * 167 + (index >> 3) * 91) & 255),
);
const answer = (head: string) => Buffer.from(`HTTP/1.1 200 OK\r\n${head}`);
const ENDLESS_HEAD: Misdeed = { says: answer('X-Endless: '), next: 'goes on' };

/** What goes wrong before a client is in. */
const AT_THE_DOOR: Readonly<Record<string, Misdeed>> = {
  garbage: { says: GARBAGE, next: 'falls silent' },
  'an endless head': ENDLESS_HEAD,
  'half a head': { says: answer('Conte'), next: 'hangs up' },
};

/** What goes wrong on a connection that was good until then. */
const INSIDE: Readonly<Record<string, Readonly<Record<string, Misdeed>>>> = {
  websocket: {
    garbage: { says: GARBAGE, next: 'falls silent' },
    'an endless frame': { says: Buffer.from([0x81, 127, 0, 0, 1, 0, 0, 0, 0, 0]), next: 'goes on' },
    'fragments without end': {
      says: Buffer.from([0x01, 127, 0, 0, 0, 0, 0, 0x1f, 0xff, 0xff]),
      next: 'goes on',
    },
    'half a frame': { says: Buffer.from([0x81, 126, 64, 0, 65]), next: 'falls silent' },
    'an end in the middle': { says: Buffer.from([0x81, 126, 64, 0, 65]), next: 'hangs up' },
  },
  streaming: {
    garbage: { says: GARBAGE, next: 'falls silent' },
    'a chunk without end': { says: Buffer.from('ffffffff\r\n'), next: 'goes on' },
    'a chunk without a size': { says: Buffer.from('\r\n'), next: 'goes on' },
    'half a line': { says: Buffer.from('400\r\n{"mes'), next: 'falls silent' },
    'an end in the middle': { says: Buffer.from('400\r\n{"mes'), next: 'hangs up' },
  },
  longpoll: {
    garbage: { says: GARBAGE, next: 'falls silent' },
    'an endless head': ENDLESS_HEAD,
    'an answer too long': { says: answer('Content-Length: 99999999999\r\n\r\n'), next: 'goes on' },
    'half an answer': { says: answer('Content-Length: 400\r\n\r\n{"curs'), next: 'falls silent' },
    'an end in the middle': { says: answer('Content-Length: 400\r\n\r\n{"curs'), next: 'hangs up' },
  },
};

function peakBytes(pid: number): number {
  return Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
}

describe.runIf(process.platform === 'linux')('servers that go wrong', () => {
  describe.each(Object.keys(INSIDE))('%s', (transport) => {
    let server: RoleProcess<ServerCalls>;
    let clients: RoleProcess<ClientsCalls>;
    let port = 0;
    let next = 0;

    const join = (url: string, count: number) => {
      const indexes = Array.from({ length: count }, () => next++);
      return clients.ask('connect', { urls: [url], indexes, options: OPTIONS });
    };
    const spoiler = async (misdeed: Misdeed | null) => {
      const made = new Spoiler(port, misdeed);
      onTestFinished(() => made.close());
      return { made, url: await made.listen() };
    };
    /** Whoever is well still hears what is said. */
    const areServed = async () => {
      const before = (await clients.ask('count', null)).received;
      await server.ask('burst', { count: 1 });
      await vi.waitFor(async () => {
        const { received } = await clients.ask('count', null);
        expect(received - before).toBeGreaterThanOrEqual(WELL);
      }, PATIENCE);
    };
    /** What goes wrong neither fills the driver while it lasts nor leaves anything behind. */
    const isBounded = async (wrong: () => Promise<void>) => {
      const [peak, held] = [peakBytes(clients.pid), await clients.ask('heap', null)];
      await wrong();
      await areServed();
      expect(peakBytes(clients.pid) - peak).toBeLessThan(PEAK_BYTES);
      expect((await clients.ask('heap', null)) - held).toBeLessThan(LEFT_BYTES);
    };
    const dropped = async () => {
      const atUs = 20_000;
      const instants = { startUs: 0, windowStartUs: 0, windowEndUs: atUs, phaseEndsUs: [], lightEndUs: atUs };
      await clients.ask('arm', { timeline: { epochNs: nowNs(), ...instants }, arrivals: null });
      return (await clients.ask('collect', null)).dropped;
    };
    const total = (counts: Readonly<Record<string, number>>) =>
      Object.values(counts).reduce((sum, many) => sum + many, 0);

    beforeAll(async () => {
      server = new RoleProcess('server', undefined);
      ({ port } = await server.ask('start', {
        ...{ transport, options: OPTIONS, certificate: null, countWire: false, scenario: SCENARIO },
        ...{ sabotage: null, node: 1, port: null, others: null },
      }));
    });

    beforeEach(async () => {
      clients = new RoleProcess('clients', undefined);
      await clients.ask('start', { transport, crowd: 'lean', scenario: SCENARIO, ca: null, sabotage: null });
      await join(`http://127.0.0.1:${port}/`, WELL);
      await areServed();
    });

    afterEach(() => clients.end());
    afterAll(() => server.end());

    it.each(Object.entries(AT_THE_DOOR))('lets nobody in by %s, and the others stay', async (_, misdeed) => {
      const { url } = await spoiler(misdeed);
      await isBounded(async () => {
        await expect(join(url, 1)).rejects.toThrow(/The clients process failed: Cannot connect to /);
      });
    });

    it.each(Object.entries(INSIDE[transport] ?? {}))('gets over %s', async (_, misdeed) => {
      const { made, url } = await spoiler(null);
      await join(url, 2);
      await isBounded(async () => {
        made.spoil(misdeed);
        // Who polls goes on asking, and tells nothing as long as it may hope.
        const gone = transport === 'longpoll' ? 0 : 2;
        await vi.waitFor(async () => expect(total(await dropped())).toBeGreaterThanOrEqual(gone), PATIENCE);
      });
    });
  });
});
