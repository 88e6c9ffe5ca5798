/** The report's shape (`rtbench/report@1`): plain data, written by `run`, read by every writer. */
export interface Report {
  readonly schema: 'rtbench/report@1';
  readonly rtbench: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly interrupted: boolean;
  /** Why the run ended before its last round, where a round failed; the rounds before it are kept. */
  readonly failure: string | null;
  readonly command: readonly string[];
  readonly machine: Machine;
  readonly scenario: ResolvedScenario;
  readonly rounds: readonly Round[];
  readonly summaries: readonly Summary[];
  readonly comparisons: readonly Comparison[];
}

/** Where it was measured. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly os: string;
  readonly node: string;
  readonly isolation: 'none' | 'netns';
  /** Cores the server and the clients were held to; null where they could not be. */
  readonly pinning: { readonly server: readonly number[]; readonly clients: readonly number[] } | null;
  readonly packages: Readonly<Record<string, string>>;
}

/** Every value a scenario came down to after files and options. */
export interface ResolvedScenario {
  readonly name: string;
  readonly summary: string;
  readonly application: 'broadcast';
  readonly clients: number;
  readonly witnesses: number;
  readonly ratePerSecond: number;
  readonly arrivals: 'periodic' | 'poisson';
  readonly payloadBytes: number;
  readonly payloadKind: 'text' | 'binary';
  readonly durationMs: number;
  readonly warmupMs: number;
  readonly rounds: number;
  readonly seed: number;
  readonly tls: boolean;
  readonly pollIntervalMs: number;
  readonly holdMs: number;
  readonly longpollBatch: boolean;
  readonly heartbeatMs: number;
  readonly socketioAgent: 'keep-alive' | 'default';
  readonly headers: 'minimal' | 'browser';
}

/** A typed reason why a round is doubtful. */
export interface Flag {
  readonly code: FlagCode;
  readonly message: string;
  readonly fatal: boolean;
}

export const FLAG_CODES = [
  'driver-saturated',
  'witness-late',
  'generator-slipped',
  'server-saturated',
  'noisy-host',
  'messages-lost',
  'messages-unexpected',
  'clients-dropped',
  'transport-mismatch',
  'not-stationary',
  'still-warming',
  'speed-drifted',
  'too-few-samples',
] as const;
export type FlagCode = (typeof FLAG_CODES)[number];

/** One-way latency from a message's due time; percentiles without enough samples are null. */
export interface Latency {
  readonly p50Ms: number | null;
  readonly p90Ms: number | null;
  readonly p99Ms: number | null;
  readonly p999Ms: number | null;
  readonly maxMs: number | null;
  readonly meanMs: number | null;
  readonly samples: number;
  /** HdrHistogram V2, compressed, base64; values in microseconds. */
  readonly hdr: string;
}

/** One transport, one fresh server process, one measurement. */
export interface Round {
  readonly transport: string;
  /** The block this round belongs to: comparisons pair rounds of the same number. */
  readonly round: number;
  readonly clients: number;
  readonly windowMs: number;
  readonly valid: boolean;
  readonly flags: readonly Flag[];
  readonly delivery: Delivery;
  readonly latency: Latency;
  readonly crowdLatency: Latency;
  readonly connect: ConnectCost;
  readonly bytes: Bytes;
  /** HTTP requests in the window, and how many of their answers carried no message. */
  readonly requests: number;
  readonly emptyResponses: number;
  readonly server: ServerCost;
  readonly driver: DriverCost;
  readonly host: HostLoad;
}

/** By identity: of the messages due in the window, what became of them. */
export interface Delivery {
  readonly published: number;
  readonly expected: number;
  readonly delivered: number;
  readonly lost: number;
  readonly duplicated: number;
  readonly reordered: number;
  /** By clock: deliveries that arrived inside the window; what costs are divided by. */
  readonly arrivedInWindow: number;
}

export interface ConnectCost {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly bytesUp: number;
  readonly bytesDown: number;
  readonly serverCpuUs: number;
  /** From the first client's attempt to the last client's success. */
  readonly totalMs: number;
}

/** By clock: what crossed in the window. Wire figures are null where the kernel's counters cannot be had. */
export interface Bytes {
  readonly payload: number;
  readonly appUp: number;
  readonly appDown: number;
  readonly wireUp: number | null;
  readonly wireDown: number | null;
  readonly packets: number | null;
}

export interface ServerCost {
  readonly cpuUserUs: number;
  readonly cpuSystemUs: number;
  readonly rssBytes: number;
  readonly rssIdleBytes: number;
  /** JavaScript heap and buffers after a collection, with all clients connected and after the last has left. */
  readonly heapBytes: number;
  readonly heapIdleBytes: number;
  readonly loopDelayP99Ms: number;
  readonly slipP99Ms: number;
  /** A second, lighter load after the window, so that fixed and marginal cost can be told apart. */
  readonly light: { readonly windowMs: number; readonly cpuUs: number; readonly arrived: number } | null;
  /** Cost per delivery in the window's two halves, to see whether it was still falling. */
  readonly halvesCpuPerMessageUs: readonly [number | null, number | null];
}

export interface DriverCost {
  readonly cpuUs: number;
  readonly loopDelayP99Ms: number;
  readonly processes: number;
}

/** What the machine did beside the round. */
export interface HostLoad {
  /** Cores' worth of work that was not ours, and that the hypervisor took; null where it cannot be read. */
  readonly otherCores: number | null;
  readonly stealCores: number | null;
  /** Time of a fixed piece of work on the server's core, before and after the round. */
  readonly yardstickBeforeUs: number;
  readonly yardstickAfterUs: number;
}

export const METRIC_KEYS = [
  'latencyP50Ms',
  'latencyP90Ms',
  'latencyP99Ms',
  'latencyMaxMs',
  'deliveredRatio',
  'appBytesPerMessage',
  'wireBytesPerMessage',
  'overheadRatio',
  'requestsPerMessage',
  'serverCpuPerMessageUs',
  'serverCpuPercent',
  'serverCpuMarginalUs',
  'serverCpuFixedPercent',
  'memoryPerClientBytes',
  'connectP50Ms',
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
}
