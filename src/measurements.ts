import type { Bound, TransportCapacity, Vary } from './measurements/capacity.ts';
import type { ClusterSettings } from './measurements/cluster.ts';
import type { FallbackTry, Mismatch } from './measurements/fallback.ts';
import type { Fault } from './measurements/faults.ts';
import type { Baseline, Gate } from './measurements/gates.ts';
import type { Phase } from './measurements/phases.ts';
import type { Round } from './measurements/round.ts';

export * from './measurements/capacity.ts';
export * from './measurements/cluster.ts';
export * from './measurements/fallback.ts';
export * from './measurements/faults.ts';
export * from './measurements/gates.ts';
export * from './measurements/latency.ts';
export * from './measurements/phases.ts';
export * from './measurements/round.ts';
export * from './measurements/trace/steps.ts';

/** The report's shape (`rtbench/report@1`): plain data, written by `run`, read by every writer. */
export interface Report extends Head {
  readonly schema: 'rtbench/report@1';
  /** What `--rounds auto` was to reach, and did; null where the rounds were counted. */
  readonly precision: Precision | null;
  readonly rounds: readonly Round[];
  readonly summaries: readonly Summary[];
  readonly comparisons: readonly Comparison[];
  /** What had to hold, and whether it did; empty where nothing was asked. */
  readonly gates: readonly Gate[];
  /** Null where it was held against none. */
  readonly baseline: Baseline | null;
}

/** What every result tells of itself: who measured what, when and where. */
export interface Head {
  readonly rtbench: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly interrupted: boolean;
  /** Why the run ended before its last round, where a round failed; the rounds before it are kept. */
  readonly failure: string | null;
  readonly command: readonly string[];
  readonly machine: Machine;
  /** The last `rtbench calibrate` of this machine; null where there is none that counts here. */
  readonly calibration: Calibration | null;
  /** Why there is none. */
  readonly calibrationMissing: string | null;
  readonly scenario: ResolvedScenario;
}

/** Where it was measured. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly os: string;
  readonly node: string;
  readonly isolation: 'none' | 'netns';
  /** Why wire bytes could not be had; null where they could. */
  readonly isolationMissing: string | null;
  /** Cores the server and the clients were held to; null where they could not be. */
  readonly pinning: { readonly server: readonly number[]; readonly clients: readonly number[] } | null;
  readonly packages: Readonly<Record<string, string>>;
}

/** How narrow an interval was to become before the rounds ended. */
export interface Precision {
  readonly metric: MetricKey;
  /** Half of the widest interval's width, as a share of what it is about: as asked, and as it is; null where there is none. */
  readonly wanted: number;
  readonly reached: number | null;
  readonly maxTimeMs: number;
}

/** What `rtbench calibrate` found, in the few figures that belong beside every table; null is what could not be checked. */
export interface Calibration {
  readonly at: string;
  readonly rtbench: string;
  /** How many of the checks that could be made passed. */
  readonly passed: number;
  readonly checks: number;
  /** Measured latency over known delay; what remains at no delay is the floor. */
  readonly latencySlope: number | null;
  readonly latencyFloorMs: number | null;
  /** Of the latency that a known stall must leave, the share that was seen. */
  readonly stallRatio: number | null;
  /** The largest difference from the formula, in bytes a message. */
  readonly byteError: number | null;
  /** Relative, against the kernel's own account. */
  readonly cpuError: number | null;
  /** Share of same-against-same comparisons that were called different. */
  readonly falseAlarms: number | null;
  /** The least effects, as shares, that so many rounds show in eight of ten tries. */
  readonly rounds: number | null;
  readonly leastLatencyEffect: number | null;
  readonly leastCpuEffect: number | null;
}

/** The workloads that are written as programs; a scenario names one and sets its figures. */
export const APPLICATION_NAMES = [
  'broadcast',
  'echo',
  'chat',
  'exchange',
  'multiplex',
  'idle',
  'churn',
] as const;
export type ApplicationName = (typeof APPLICATION_NAMES)[number];

/** What only single applications read; the others ignore it. */
export interface ApplicationSettings {
  /** chat: members of each room, at least. */
  readonly roomSize: number;
  /** chat: `none`, `sqlite` or a MongoDB URL. */
  readonly history: string;
  readonly historyMode: 'write-through' | 'write-behind';
  readonly historyLast: number;
  /** exchange */
  readonly symbols: number;
  readonly subscriptions: number;
  readonly conflate: boolean;
  /** multiplex */
  readonly channels: number;
  readonly multiplex: 'tagged' | 'connections' | 'namespaces';
  readonly slowChannel: boolean;
  /** churn: shares of all clients. */
  readonly churnPerSecond: number;
  readonly stormShare: number;
}

/** What only single transports read; a scenario may set it for one of them alone. */
export interface TransportSettings {
  readonly pollIntervalMs: number;
  readonly holdMs: number;
  readonly longpollBatch: boolean;
  readonly heartbeatMs: number;
  /** How long after a missing sign of life a connection is given up. */
  readonly heartbeatTimeoutMs: number;
  /** socket.io: whether a client that lost its connection gets what it missed. */
  readonly recovery: boolean;
  readonly socketioAgent: 'keep-alive' | 'default';
  readonly headers: 'minimal' | 'browser';
}

/** What the crowd is made of: bare sockets that look only for stamps, or the clients that witnesses are. */
export type Crowd = 'lean' | 'library';

/** Every value a scenario came down to after files and options. */
export interface ResolvedScenario extends ApplicationSettings, ClusterSettings, TransportSettings {
  readonly name: string;
  readonly summary: string;
  readonly application: ApplicationName;
  readonly clients: number;
  readonly witnesses: number;
  readonly crowd: Crowd;
  /** With phases, their mean. */
  readonly ratePerSecond: number;
  readonly arrivals: 'periodic' | 'poisson';
  readonly payloadBytes: number;
  readonly payloadKind: 'text' | 'binary';
  /** With phases, their sum. */
  readonly durationMs: number;
  /** Empty where the rate is the same throughout. */
  readonly phases: readonly Phase[];
  /** In the order in which they begin. */
  readonly faults: readonly Fault[];
  readonly warmupMs: number;
  readonly rounds: number;
  readonly seed: number;
  readonly tls: boolean;
  /** The distance between clients and server: there and back; 0 is loopback as it is. */
  readonly rttMs: number;
  /** How far a part's way may be off the half of that, either way. */
  readonly jitterMs: number;
  /** What each client's link carries each way; 0 where nothing limits it. */
  readonly bandwidthBitsPerSecond: number;
  /** By transport, what differs from the values above. */
  readonly transports: Readonly<Record<string, Partial<TransportSettings>>>;
}

export const METRIC_KEYS = [
  'latencyP50Ms',
  'latencyP90Ms',
  'latencyP99Ms',
  'latencyMaxMs',
  'latencyMeanMs',
  'stalenessP50Ms',
  'stalenessP99Ms',
  'deliveredRatio',
  'lostRatio',
  'noticedP50Ms',
  'recoveredP99Ms',
  'localDeliveredRatio',
  'remoteDeliveredRatio',
  'hopP50Ms',
  'appBytesPerMessage',
  'wireBytesPerMessage',
  'overheadRatio',
  'requestsPerMessage',
  'packetsPerMessage',
  'serverCpuPerMessageUs',
  'serverCpuPerMessageYardsticks',
  'serverCpuPercent',
  'serverCpuMarginalUs',
  'serverCpuFixedPercent',
  'serverCpuPerClientMinuteMs',
  'appBytesPerClientMinute',
  'wireBytesPerClientMinute',
  'requestsPerClientMinute',
  'memoryPerClientBytes',
  'rssPerClientBytes',
  'connectP50Ms',
  'reconnectP99Ms',
  'stormRecoveredMs',
  'serverCpuPerConnectUs',
] as const;
export type MetricKey = (typeof METRIC_KEYS)[number];

/** A median over valid rounds; the bootstrap 95% interval is null with fewer than three rounds. */
export interface Estimate {
  readonly median: number;
  readonly low: number | null;
  readonly high: number | null;
}

export interface Summary {
  readonly transport: string;
  readonly rounds: number;
  readonly validRounds: number;
  /** A metric that could not be had is absent. */
  readonly metrics: Readonly<Partial<Record<MetricKey, Estimate>>>;
}

export type Verdict = 'higher' | 'lower' | 'indistinguishable';

/** The ratio of two transports, formed inside each block of interleaved rounds. */
export interface Comparison {
  readonly metric: MetricKey;
  readonly transport: string;
  readonly against: string;
  readonly ratio: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly verdict: Verdict;
  /** The least change, as a share, that these rounds would have shown in eight of ten tries. */
  readonly leastEffect: number | null;
  /** Two-sided, of the rounds as two unpaired groups: a cross-check that no verdict rests on. */
  readonly mannWhitneyP: number | null;
}

/** What `rtbench capacity` found (`rtbench/capacity@1`): plain data, read by its writers. */
export interface Capacity extends Head {
  readonly schema: 'rtbench/capacity@1';
  /** What must hold, all of it. */
  readonly slo: readonly Bound[];
  readonly vary: Vary;
  readonly transports: readonly TransportCapacity[];
}

/** What `rtbench fallback` found. */
export interface Fallback extends Head {
  readonly schema: 'rtbench/fallback@1';
  /** How long a client was given to connect, and then to settle. */
  readonly patienceMs: number;
  readonly tries: readonly FallbackTry[];
  readonly mismatches: readonly Mismatch[];
}
