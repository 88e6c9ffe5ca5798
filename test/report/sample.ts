import type { Flag, Latency, Machine, Report, ResolvedScenario, Round } from '../../src/measurements.ts';
import { applicationDefaults } from '../../src/plan/fields/application.ts';
import { clusterDefaults } from '../../src/plan/fields/cluster.ts';
import {
  compareRounds,
  createHistogram,
  latencyOf,
  recordUs,
  seededRandom,
  summarize,
} from '../../src/stats/index.ts';
import { FALLBACK, MANNERS, type Manner } from './manners.ts';

const SCENARIO: ResolvedScenario = {
  name: 'broadcast',
  summary: 'One server publishes to everyone',
  application: 'broadcast',
  clients: 200,
  witnesses: 8,
  ratePerSecond: 20,
  arrivals: 'periodic',
  payloadBytes: 64,
  payloadKind: 'text',
  durationMs: 2000,
  phases: [],
  faults: [],
  warmupMs: 1500,
  rounds: 5,
  seed: 1,
  tls: false,
  rttMs: 0,
  jitterMs: 0,
  bandwidthBitsPerSecond: 0,
  pollIntervalMs: 1000,
  holdMs: 25_000,
  longpollBatch: true,
  heartbeatMs: 25_000,
  heartbeatTimeoutMs: 20_000,
  recovery: false,
  socketioAgent: 'keep-alive',
  crowd: 'lean',
  headers: 'minimal',
  transports: {},
  ...applicationDefaults,
  ...clusterDefaults,
};

const MACHINE: Machine = {
  cpu: 'AMD EPYC 7R13 Processor',
  cores: 2,
  memoryBytes: 8 * 2 ** 30,
  os: 'Linux 6.8.0',
  node: '24.21.0',
  isolation: 'none',
  isolationMissing: null,
  pinning: { server: [0], clients: [1] },
  packages: { ws: '8.21.3', 'socket.io': '4.8.4', 'socket.io-client': '4.8.4' },
};

export interface SampleOptions {
  readonly transports?: readonly string[];
  readonly rounds?: number;
  readonly seed?: number;
  readonly scenario?: Partial<ResolvedScenario>;
  readonly machine?: Partial<Machine>;
  readonly interrupted?: boolean;
  /** A last word on each round, before anything is summarized. */
  readonly change?: (round: Round) => Round;
}

export const FAMILIES = ['polling', 'longpoll', 'streaming', 'websocket', 'socketio'];

/** A report as `run` writes it, made up but self-consistent. */
export function sampleReport(options: SampleOptions = {}): Report {
  const { transports = FAMILIES, rounds: blocks = 5, seed = 1, interrupted = false } = options;
  const scenario = { ...SCENARIO, rounds: blocks, ...options.scenario };
  const random = seededRandom(seed);
  const change = options.change ?? ((round: Round) => round);
  const rounds = Array.from({ length: blocks }, (_, block) =>
    transports.map((transport) => change(sampleRound(transport, block + 1, scenario, random))),
  ).flat();
  return {
    schema: 'rtbench/report@1',
    rtbench: '0.1.0',
    startedAt: '2026-01-02T03:04:05.000Z',
    finishedAt: '2026-01-02T03:05:06.000Z',
    interrupted,
    failure: null,
    command: [transports.length === 1 ? 'run' : 'compare'],
    machine: { ...MACHINE, ...options.machine },
    calibration: null,
    calibrationMissing: null,
    scenario,
    precision: null,
    rounds,
    summaries: summarize(rounds, transports),
    comparisons: compareRounds(rounds, transports),
    gates: [],
    baseline: null,
  };
}

/** Everything that must never reach a terminal, a spreadsheet or a page as it is. */
export const HOSTILE = '\u001b[2J\u001b]0;owned\u0007=1+1|<script>alert(1)</script>\r\n\u202e**x**\u0000`"';

/** A report whose every foreign string is hostile. */
export function hostileReport(options: SampleOptions = {}): Report {
  const flag: Flag = { code: 'noisy-host', message: HOSTILE, fatal: false };
  const report = sampleReport({
    transports: ['websocket', HOSTILE],
    ...options,
    scenario: { name: HOSTILE, summary: HOSTILE },
    machine: { cpu: HOSTILE, os: HOSTILE, node: HOSTILE, packages: { ws: HOSTILE, [HOSTILE]: HOSTILE } },
    change: (round) => flagged(round, flag),
  });
  return { ...report, rtbench: HOSTILE, command: [HOSTILE] };
}

/** The same round with a flag; a fatal one makes it invalid. */
export function flagged(round: Round, flag: Flag): Round {
  return { ...round, flags: [...round.flags, flag], valid: round.valid && !flag.fatal };
}

function sampleRound(
  transport: string,
  block: number,
  scenario: ResolvedScenario,
  random: () => number,
): Round {
  const manner = (Object.hasOwn(MANNERS, transport) ? MANNERS[transport] : undefined) ?? FALLBACK;
  const noise = () => 1 + (random() - 0.5) * 0.06;
  const { clients, witnesses, ratePerSecond, durationMs, payloadBytes } = scenario;
  const published = Math.round((ratePerSecond * durationMs) / 1000);
  const expected = published * clients;
  const cpuUs = (arrived: number, windowMs: number) =>
    (windowMs * 12 + arrived * manner.marginalUs) * noise();
  const windowCpuUs = cpuUs(expected, durationMs);
  const requests = Math.round(expected * manner.requests);
  return {
    transport,
    round: block,
    clients,
    windowMs: durationMs,
    valid: true,
    flags: [],
    delivery: {
      published,
      expected,
      delivered: expected,
      conflated: 0,
      lost: 0,
      duplicated: 0,
      reordered: 0,
      misdirected: 0,
      arrivedInWindow: expected,
    },
    latency: sampleLatency(manner, published * witnesses, random, noise()),
    crowdLatency: sampleLatency(manner, expected - published * witnesses, random, 1.3 * noise()),
    staleness: null,
    channels: null,
    connectionsPerClient: 1,
    connect: {
      p50Ms: manner.connectMs * noise(),
      p99Ms: manner.connectMs * 3.1 * noise(),
      bytesUp: 160 * clients,
      bytesDown: 210 * clients,
      serverCpuUs: Math.round(270 * clients * noise()),
      wire: null,
      packets: null,
      totalMs: 310 * noise(),
      carrying: {},
      refused: {},
    },
    bytes: {
      payload: payloadBytes * expected,
      appUp: Math.round(manner.up * expected),
      appDown: Math.round((manner.down + payloadBytes - 64) * expected),
      wire: null,
      wireUp: null,
      wireDown: null,
      packets: null,
    },
    requests,
    emptyResponses: Math.round(requests * 0.002),
    server: {
      cpuUserUs: Math.round(windowCpuUs * 0.6),
      cpuSystemUs: Math.round(windowCpuUs * 0.4),
      rssBytes: 92e6,
      rssIdleBytes: 61e6,
      heapBytes: 9e6 + manner.heapPerClient * clients * noise(),
      heapIdleBytes: 9e6,
      loopDelayP99Ms: 1.4 * noise(),
      slipP50Ms: 0.2,
      slipP99Ms: 0.4 * noise(),
      alone: null,
      light: {
        windowMs: 600,
        cpuUs: Math.round(cpuUs(expected * 0.06, 600)),
        arrived: Math.round(expected * 0.06),
      },
      halvesCpuPerMessageUs: [windowCpuUs / expected, (windowCpuUs / expected) * 0.99],
    },
    driver: {
      cpuUs: Math.round(expected * 14 * noise()),
      loopDelayP99Ms: 2.1 * noise(),
      processes: 1,
      coreShare: (expected * 16) / (durationMs * 1000),
      clients: clients - witnesses,
      arrivedInWindow: expected - published * witnesses,
      heapBytes: 7e6 + 2800 * (clients - witnesses),
      heapIdleBytes: 7e6,
    },
    host: {
      otherCores: 0.03,
      stealCores: 0,
      yardstickBeforeUs: 5100 * noise(),
      yardstickAfterUs: 5100 * noise(),
      yardstickCpuUs: 5100 * noise(),
    },
    churn: null,
    link: null,
    history: null,
    model: null,
    phases: [],
    faults: [],
    series: null,
    cluster: null,
  };
}

function sampleLatency(manner: Manner, samples: number, random: () => number, pace: number): Latency {
  const histogram = createHistogram();
  for (let index = 0; index < samples; index++) recordUs(histogram, manner.latencyMs(random) * pace * 1000);
  return latencyOf(histogram);
}
