import type { ClientsShare, TroubleShare } from '../../src/clients/protocol.ts';
import type { ResolvedScenario } from '../../src/measurements.ts';
import type { Evidence } from '../../src/run/judge/evidence.ts';
import { NOTHING_SAID } from '../../src/schedule/publisher.ts';
import { nothingRead, type ServerReading, type ServerShare } from '../../src/server/protocol.ts';
import { createHistogram, encodeHistogram } from '../../src/stats/histogram.ts';
import { readingInstantsNs, type Timeline } from '../../src/timeline.ts';
import { findTransport } from '../../src/transports/index.ts';
import { sampleReport } from '../report/sample.ts';

const { scenario: sample } = sampleReport({ rounds: 1 });

const NO_HEAP = { heapBytes: 0, heapIdleBytes: 0 };

/** The window begins 1 s after an epoch of 0 and lasts so long. */
export function timelineOf(durationMs: number): Timeline {
  const windowEndUs = 1_000_000 + durationMs * 1000;
  return {
    ...{ epochNs: 0, startUs: 500_000, windowStartUs: 1_000_000, windowEndUs },
    ...{ phaseEndsUs: [], lightEndUs: windowEndUs },
  };
}

/** Nanoseconds after the epoch for milliseconds after the window's start. */
export function ns(afterStartMs: number): number {
  return 1e9 + afterStartMs * 1e6;
}

/** Microseconds after the epoch for milliseconds after the window's start. */
export function us(afterStartMs: number): number {
  return ns(afterStartMs) / 1000;
}

/** What a quiet server adds, reading at each of the timeline's instants. */
export function serverShare(timeline: Timeline, own: Partial<ServerShare> = {}): ServerShare {
  const reading = (atNs: number): ServerReading => ({ ...nothingRead(atNs), userUs: atNs / 1e6 });
  return {
    ...{ said: NOTHING_SAID, firstNumber: 1, ageMs: 0, loopDelayP99Ms: 0, history: null },
    ...{ readings: readingInstantsNs(timeline).map(reading), turns: [], closingsUs: [], steps: [] },
    ...own,
  };
}

/** What a process of clients adds, that spent nothing. */
export function clientsShare(timeline: Timeline, own: Partial<ClientsShare> = {}): ClientsShare {
  const nothing = encodeHistogram(createHistogram());
  return {
    ...{ said: NOTHING_SAID, churn: null, delivered: 0, duplicated: 0, reordered: 0, unreadable: 0 },
    ...{ misdirected: 0, arrivedInHalves: [0, 0], arrivedInLight: 0, payloadBytes: 0, latencyHdr: nothing },
    ...{
      phases: [],
      stalenessHdr: null,
      channels: [],
      loopDelayP99Ms: 0,
      trouble: null,
      hops: null,
      dropped: {},
    },
    halves: [
      { sumUs: 0, count: 0 },
      { sumUs: 0, count: 0 },
    ],
    readings: readingInstantsNs(timeline).map((atNs) => ({ atNs, userUs: 0, systemUs: 0 })),
    ...own,
  };
}

/** What clients go through in so many steps in which nothing happens. */
export function trouble(steps: number, own: Partial<TroubleShare> = {}): TroubleShare {
  const none = Array.from({ length: steps }, () => 0);
  return {
    ...{ arrived: none, latencySumUs: none, latencyMaxUs: none, delivered: none, connected: none },
    deliveredLocally: none,
    ...{ turns: [], faults: [] },
    ...own,
  };
}

/** All that a round is judged by, made by hand: a window of 2 s with a message each 100 ms to 10 clients. */
export function evidence(scenario: Partial<ResolvedScenario> = {}, own: Partial<Evidence> = {}): Evidence {
  const transport = findTransport('websocket');
  if (transport === undefined) throw new Error('no websocket');
  const timeline = timelineOf(2000);
  const cpu = { atNs: 0, userUs: 0, systemUs: 0 };
  const resolved = {
    ...sample,
    ...{ clients: 10, witnesses: 10, durationMs: 2000, ratePerSecond: 10 },
    ...scenario,
  };
  return {
    ...{ transport, scenario: resolved, timeline, round: 1, clientCores: 1, alone: null, relay: null },
    dueUs: Array.from({ length: 20 }, (_, index) => us(index * 100 + 50)),
    spoken: [],
    redis: null,
    balancer: null,
    connected: {
      cost: {
        ...{ p50Ms: 1, p99Ms: 1, bytesUp: 0, bytesDown: 0, serverCpuUs: 0 },
        ...{ wire: null, packets: null, refused: {}, totalMs: 1 },
      },
      idleRssBytes: 0,
      idleRssBytesEach: [0],
      carrying: { websocket: resolved.clients },
    },
    memory: { server: NO_HEAP, driver: NO_HEAP },
    server: serverShare(timeline),
    servers: [serverShare(timeline)],
    missed: { window: 0, phases: [] },
    witness: clientsShare(timeline),
    drivers: [],
    struck: [],
    deaths: [],
    host: [
      { host: null, cpu },
      { host: null, cpu: { ...cpu, atNs: 2e9 } },
    ],
    yardstick: { before: { wallUs: 1, cpuUs: 1 }, after: { wallUs: 1, cpuUs: 1 } },
    ...own,
  };
}
