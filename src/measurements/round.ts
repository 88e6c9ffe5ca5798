import type { Cluster } from './cluster.ts';
import type { FaultResult, Series } from './faults.ts';
import type { Latency } from './latency.ts';
import type { PhaseResult } from './phases.ts';

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
  'messages-misdirected',
  'clients-dropped',
  'transport-mismatch',
  'not-stationary',
  'still-warming',
  'speed-drifted',
  'too-few-samples',
  'link-late',
  'model-deviates',
  'outlier-round',
  'window-uneven',
  'history-lost',
  'server-died',
] as const;
export type FlagCode = (typeof FLAG_CODES)[number];

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
  /** How long witnesses were without the newest value of what they follow; null where values do not replace each other. */
  readonly staleness: Latency | null;
  /** One for each channel; null where there are none. */
  readonly channels: readonly ChannelDelivery[] | null;
  readonly connectionsPerClient: number;
  readonly connect: ConnectCost;
  readonly bytes: Bytes;
  /** HTTP requests in the window, and how many of their answers carried no message. */
  readonly requests: number;
  readonly emptyResponses: number;
  readonly server: ServerCost;
  readonly driver: DriverCost;
  readonly host: HostLoad;
  /** How clients came and went in the window; null where none did. */
  readonly churn: Churn | null;
  /** What the link added to its delay by itself; null where there was none. */
  readonly link: LinkCost | null;
  /** What storing the messages came to; null where none were stored. */
  readonly history: HistoryCost | null;
  /** What the closed forms say for this very round; null where there are none for its transport or its workload. */
  readonly model: Prediction | null;
  /** The window's phases one by one; empty where its rate is the same throughout. */
  readonly phases: readonly PhaseResult[];
  /** What each fault of the scenario did; empty where there were none. */
  readonly faults: readonly FaultResult[];
  /** The window step by step; null where there were no faults. */
  readonly series: Series | null;
  /** What several nodes came to; null where there was one. */
  readonly cluster: Cluster | null;
}

/** What came over one channel: deliveries by identity, latency as the witnesses see it. */
export interface ChannelDelivery {
  readonly delivered: number;
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
}

/** By identity: of the messages due in the window, what became of them. */
export interface Delivery {
  readonly published: number;
  readonly expected: number;
  readonly delivered: number;
  /** Not sent, because a newer value took their place while the client was busy. */
  readonly conflated: number;
  readonly lost: number;
  readonly duplicated: number;
  readonly reordered: number;
  /** Messages that reached clients they were not meant for. */
  readonly misdirected: number;
  /** By clock: deliveries that arrived inside the window; what costs are divided by. */
  readonly arrivedInWindow: number;
}

export interface ConnectCost {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly bytesUp: number;
  readonly bytesDown: number;
  readonly serverCpuUs: number;
  /** IP bytes both ways and packets, by the kernel; null where they cannot be had. */
  readonly wire: number | null;
  readonly packets: number | null;
  /** From the first client's attempt to the last client's success. */
  readonly totalMs: number;
  /** What the open connections were carried by once they had settled, with how many each; none in older reports. */
  readonly carrying: Readonly<Record<string, number>>;
  /** Why clients did not come in, with how many each. */
  readonly refused: Readonly<Record<string, number>>;
}

/**
 * By clock: what crossed in the window. Wire figures are IP bytes and null where the kernel's counters cannot be had;
 * loopback counts both directions as one, so there is `wire` and neither `wireUp` nor `wireDown`.
 */
export interface Bytes {
  readonly payload: number;
  readonly appUp: number;
  readonly appDown: number;
  readonly wire: number | null;
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
  /** How late messages were published; the median is null in reports that are older than it. */
  readonly slipP50Ms: number | null;
  readonly slipP99Ms: number;
  /** Without a single client, for a while before the first came; null where that was not measured. */
  readonly alone: { readonly windowMs: number; readonly cpuUs: number } | null;
  /** A second, lighter load after the window, so that fixed and marginal cost can be told apart. */
  readonly light: { readonly windowMs: number; readonly cpuUs: number; readonly arrived: number } | null;
  /** Cost per delivery in the window's two halves, to see whether it was still falling. */
  readonly halvesCpuPerMessageUs: readonly [number | null, number | null];
}

export interface DriverCost {
  readonly cpuUs: number;
  readonly loopDelayP99Ms: number;
  readonly processes: number;
  /** The busiest driver's share of a core, or that of all clients' cores; null in reports that are older than it. */
  readonly coreShare: number | null;
  /** The clients that the drivers hold, and by clock what arrived for them; null in reports that are older. */
  readonly clients: number | null;
  readonly arrivedInWindow: number | null;
  /** JavaScript heap and buffers after a collection, with all clients connected and after the last has left; null in reports that are older. */
  readonly heapBytes: number | null;
  readonly heapIdleBytes: number | null;
}

/** Clients that left in the window and came back, and what that took. */
export interface Churn {
  readonly joins: number;
  /** In good order: each acknowledged by the server. */
  readonly leaves: number;
  /** Cut off without a word. */
  readonly cuts: number;
  /** Deliveries to clients that had been cut off already; on purpose, and so neither expected nor lost. */
  readonly missed: number;
  /** Attempts to come back that failed, and were made again. */
  readonly failed: number;
  readonly connectP50Ms: number | null;
  readonly connectP99Ms: number | null;
  readonly connectMaxMs: number | null;
  /** The most sockets that the server ever held at once. */
  readonly peakOpen: number;
  /** From the cut until the last of those clients was back. */
  readonly stormRecoveredMs: number | null;
  /** What the window cost beyond the same messages without anyone coming or going; null where that was not more. */
  readonly serverCpuPerConnectUs: number | null;
}

/** How late the relay released what it held, beyond the delay that was asked for. */
export interface LinkCost {
  readonly lateP50Ms: number;
  readonly lateP99Ms: number;
  readonly connections: number;
}

/** What a chat's store did: counts by identity, of the messages due in the window; costs by clock. */
export interface HistoryCost {
  readonly store: 'sqlite' | 'mongodb';
  readonly mode: 'write-through' | 'write-behind';
  readonly stored: number;
  readonly lost: number;
  /** Why the store failed; null where it did not. */
  readonly error: string | null;
  /** CPU of the server around the store's work, transactions included; null where it cannot be told from other work. */
  readonly cpuUsPerMessage: number | null;
  readonly batches: number;
  /** From handing over a batch until it was stored. */
  readonly batchMeanMs: number | null;
  /** Stored messages that newcomers were given before the window. */
  readonly given: number;
}

/** What the closed forms predict for one round; null is what they cannot tell. */
export interface Prediction {
  readonly requestsPerMessage: number | null;
  /** Share of the answers that carry nothing. */
  readonly emptyShare: number | null;
  readonly appUpPerMessage: number | null;
  readonly appDownPerMessage: number | null;
  readonly packetsPerMessage: number | null;
  /** The protocol leaves nothing to chance: a byte more or less is an error. */
  readonly bytesExact: boolean;
  readonly latencyMeanMs: number | null;
  readonly latencyP50Ms: number | null;
  readonly latencyP99Ms: number | null;
}

/** What the machine did beside the round. */
export interface HostLoad {
  /** Cores' worth of work that was not ours, and that the hypervisor took; null where it cannot be read. */
  readonly otherCores: number | null;
  readonly stealCores: number | null;
  /** Time of a fixed piece of work on the server's core, before and after the round. */
  readonly yardstickBeforeUs: number;
  readonly yardstickAfterUs: number;
  /** The CPU time that it took, whoever else was on the core: the unit of a server's CPU that can be carried to another hour. */
  readonly yardstickCpuUs: number | null;
}
