import type {
  Cluster,
  Fault,
  FaultResult,
  NodeResult,
  Report,
  Round,
  Series,
  Spread,
} from '../../src/measurements.ts';
import { seededRandom } from '../../src/stats/index.ts';
import { type SampleOptions, sampleReport } from './sample.ts';

export const ALL_TRANSPORTS = [
  'polling',
  'longpoll',
  'streaming',
  'sse',
  'websocket',
  'socketio',
  'socketio-websocket',
  'socketio-polling',
];

/** Those that get what they missed. */
const WHOLE = ['polling', 'longpoll', 'sse'];

export const NOBODY: Spread = { clients: 0, p50Ms: null, p99Ms: null, maxMs: null };

/** A fault's time line in one line, as scenarios have it. */
export const FAULTS: readonly Fault[] = [
  { fault: 'server-kill', atMs: 2000, forMs: 2000, node: 1 },
  { fault: 'server-freeze', atMs: 12_000, forMs: 3000, node: 1 },
  { fault: 'link-hole', atMs: 25_000, forMs: 3000, node: 1 },
  { fault: 'link-slow', atMs: 35_000, forMs: 2000, node: 1 },
  { fault: 'storm', atMs: 40_000, forMs: 0, node: 1 },
];

export const STEADY = {
  clients: 50,
  ratePerSecond: 10,
  durationMs: 50_000,
  rounds: 1,
  heartbeatMs: 1000,
  heartbeatTimeoutMs: 1000,
  faults: FAULTS,
};

/** A report in which things went wrong, made up but so that its sums hold. */
export function faultyReport(options: SampleOptions = {}): Report {
  const scenario = { ...STEADY, ...options.scenario };
  const random = seededRandom(options.seed ?? 1);
  const change = (round: Round) => {
    const broken = withFaults(round, scenario.faults, scenario.ratePerSecond, random);
    return options.change?.(broken) ?? broken;
  };
  return sampleReport({ rounds: 1, transports: ALL_TRANSPORTS, ...options, scenario, change });
}

function withFaults(round: Round, faults: readonly Fault[], rate: number, random: () => number): Round {
  const isWhole = WHOLE.includes(round.transport);
  const results = faults.map((fault, index): FaultResult => {
    const next = faults[index + 1]?.atMs ?? round.windowMs;
    return resultOf(fault, next, round.clients, rate, isWhole, random);
  });
  const sum = (of: (result: FaultResult) => number) => results.reduce((total, one) => total + of(one), 0);
  const { delivery } = round;
  const lost = sum((result) => result.lost);
  const delivered = delivery.expected - lost;
  return {
    ...round,
    delivery: { ...delivery, delivered, lost, arrivedInWindow: delivered },
    faults: results,
    series: seriesOf(round, results),
  };
}

function resultOf(
  { fault, atMs, forMs, node }: Fault,
  nextMs: number,
  clients: number,
  rate: number,
  isWhole: boolean,
  random: () => number,
): FaultResult {
  const breaks = fault !== 'link-slow';
  const beganMs = (atMs ?? 0) + 3;
  const endedMs = forMs === null ? null : beganMs + forMs;
  const expected = ((nextMs - (atMs ?? 0)) / 1000) * rate * clients;
  const time = (fromMs: number): Spread => {
    const p50Ms = fromMs * (0.5 + random());
    return { clients, p50Ms, p99Ms: p50Ms * 2, maxMs: p50Ms * 2.5 };
  };
  const lost = breaks && !isWhole && rate > 0 ? Math.round(clients * 3 * (1 + random())) : 0;
  return {
    fault,
    node,
    beganMs,
    endedMs,
    clientsNoticed: breaks ? time(fault === 'link-hole' ? 1800 : 4) : NOBODY,
    serverNoticed: breaks && !fault.startsWith('server') ? time(900) : NOBODY,
    recovered: rate > 0 ? time(200) : NOBODY,
    silentClients: 0,
    resumed: breaks && isWhole ? clients : 0,
    reconnected: breaks && !isWhole ? clients : 0,
    failedAttempts: fault === 'server-kill' ? clients * 4 : 0,
    expected,
    delivered: expected - lost,
    lost,
    late: isWhole ? 40 : 0,
    duplicated: 0,
    firstLostMs: lost === 0 ? null : beganMs,
    lastLostMs: lost === 0 ? null : (endedMs ?? beganMs) + 300,
    peakCoreShare: 0.31,
    peakOpen: clients + 7,
  };
}

function seriesOf({ windowMs, clients, delivery }: Round, faults: readonly FaultResult[]): Series {
  const stepMs = 100;
  const starts = Array.from({ length: windowMs / stepMs }, (_, step) => step * stepMs);
  const isAway = (ms: number) =>
    faults.some(({ beganMs, endedMs, reconnected }) => {
      return reconnected > 0 && ms >= (beganMs ?? 0) && ms < (endedMs ?? 0);
    });
  const each = delivery.expected / starts.length;
  return {
    stepMs,
    arrived: starts.map((ms) => (isAway(ms) ? 0 : each)),
    expected: starts.map(() => each),
    lost: starts.map((ms) => (isAway(ms) ? each : 0)),
    localExpected: [],
    localLost: [],
    latencyMeanMs: starts.map((ms) => (isAway(ms) ? null : 1.2)),
    latencyMaxMs: starts.map((ms) => (isAway(ms) ? null : 4 + (ms % 700) / 100)),
    connected: starts.map((ms) => (isAway(ms) ? 0 : clients)),
    open: starts.map((ms) => (isAway(ms) ? null : clients)),
    coreShare: starts.map((ms) => (isAway(ms) ? null : 0.06)),
  };
}

/** Three nodes of a third of the clients each; `reach` is the share of the remote deliveries that arrive. */
export function onThreeNodes(round: Round, reach: number, died: NodeResult['died'] = null): Round {
  const { clients, delivery, latency, server } = round;
  const local = Math.round(delivery.expected / 3);
  const remote = delivery.expected - local;
  const arrived = Math.round(remote * reach);
  const cluster: Cluster = {
    redisCpuUs: null,
    local: { expected: local, delivered: local, latency },
    remote: {
      expected: remote,
      delivered: arrived,
      latency: { ...latency, p50Ms: (latency.p50Ms ?? 0) + 0.42, p99Ms: (latency.p99Ms ?? 0) + 1.1 },
    },
    nodes: [1, 2, 3].map((node) => ({
      node,
      clients: clients / 3,
      cpuUs: server.cpuUserUs / 3,
      rssBytes: 92e6,
      rssIdleBytes: 61e6,
      openAtEnd: clients / 3,
      unpublished: 0,
      died: node === 2 ? died : null,
    })),
  };
  const delivered = local + arrived;
  return {
    ...round,
    delivery: { ...delivery, delivered, lost: delivery.expected - delivered, arrivedInWindow: delivered },
    cluster,
  };
}

/** Redis away from `fromMs` to `toMs`; between nodes nothing arrives then, and for `lagMs` after. */
export function withoutRedis(round: Round, lagMs = 1500, died: NodeResult['died'] = null): Round {
  const nodes = onThreeNodes(round, 0.7, died);
  const [result] = round.faults;
  if (round.series === null || result === undefined) return nodes;
  const { series } = round;
  const [fromMs, toMs] = [result.beganMs ?? 0, (result.endedMs ?? round.windowMs) + lagMs];
  const isAway = (step: number) => step * series.stepMs >= fromMs - 100 && step * series.stepMs < toMs;
  const local = series.expected.map((expected) => expected / 3);
  return {
    ...nodes,
    faults: [{ ...result, late: 120 }],
    series: {
      ...series,
      lost: series.expected.map((expected, step) => (isAway(step) ? (expected * 2) / 3 : 0)),
      localExpected: local,
      localLost: local.map(() => 0),
      latencyMaxMs: series.arrived.map((_, step) => (step * series.stepMs > toMs ? 9400 : 4)),
    },
  };
}
