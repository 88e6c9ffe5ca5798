import type { Latency } from './latency.ts';
import type { Flag, FlagCode } from './round.ts';

/** What is turned up: messages per second to each client, or clients. */
export const VARY = ['rate', 'clients'] as const;
export type Vary = (typeof VARY)[number];

/** Latencies in milliseconds, and the server's share of its core. */
export const BOUND_FIGURES = ['p50', 'p90', 'p99', 'p999', 'max', 'mean', 'cpu'] as const;
export type BoundFigure = (typeof BOUND_FIGURES)[number];

/** One bound of a service level: a figure of the witnesses' latency in milliseconds, or a share of a core. */
export interface Bound {
  readonly figure: BoundFigure;
  readonly limit: number;
  /** Whether the limit itself still meets it. */
  readonly inclusive: boolean;
}

/** One transport's search: every step, in the order they were made, and what they come to. */
export interface TransportCapacity {
  readonly transport: string;
  readonly steps: readonly CapacityStep[];
  /** A load that failed, once more with twice the driver processes; null where that was not tried. */
  readonly doubled: CapacityStep | null;
  readonly answer: CapacityAnswer;
  /** How many polls its endpoint answers; null where it has none, or nobody was left to ask it. */
  readonly endpoint: Endpoint | null;
}

export const LIMITERS = [
  'server-cpu',
  'server-loop',
  'latency',
  'loss',
  'bandwidth',
  'driver',
  'generator',
  'relay',
  'open-files',
  'ports',
  'rtbench',
  'bounds',
  'noise',
  'failure',
  'time',
] as const;
export type Limiter = (typeof LIMITERS)[number];

/** One load that was tried. A figure is null where no round of it was finished. */
export interface CapacityStep {
  readonly value: number;
  readonly clients: number;
  readonly ratePerSecond: number;
  /** `limit`: something else than the server ended it, so nothing is known of the server at this load. */
  readonly verdict: 'pass' | 'fail' | 'limit';
  /** Null where it passed. */
  readonly limiter: Limiter | null;
  readonly why: string;
  /** How many rounds the verdict rests on, and how many beside them were spoilt by chance. */
  readonly rounds: number;
  readonly spoilt: number;
  readonly deliveriesPerSecond: number | null;
  readonly latency: Latency | null;
  readonly lost: number | null;
  /** Shares of a core. */
  readonly serverCoreShare: number | null;
  readonly driverCoreShare: number | null;
  /** How many driver processes held the crowd; null in results that are older than it. */
  readonly drivers: number | null;
  readonly serverLoopDelayP99Ms: number | null;
  readonly flags: readonly Flag[];
}

/** The highest load that met the bounds, and what kept it from more. */
export interface CapacityAnswer {
  /** `at-least` where the server was not what ended the search; `none` where no load met the bounds. */
  readonly kind: 'capacity' | 'at-least' | 'none';
  readonly value: number | null;
  /** The lowest load that did not meet them; null where none was found. */
  readonly failsAt: number | null;
  readonly limiter: Limiter;
  readonly why: string;
  readonly deliveriesPerSecond: number | null;
  readonly serverCoreShare: number | null;
  /** Deliveries for each second of the server's CPU time. */
  readonly deliveriesPerCoreSecond: number | null;
  /** How busy the clients' side was meanwhile. */
  readonly driverCoreShare: number | null;
  /** Who was how busy at the load that ended the search; null where none did. */
  readonly atLimit: LimitEvidence | null;
}

/** What a limit is told from. */
export interface LimitEvidence {
  readonly deliveriesPerSecond: number | null;
  readonly latencyP99Ms: number | null;
  /** Shares of a core. */
  readonly serverCoreShare: number | null;
  readonly driverCoreShare: number | null;
  readonly flags: readonly FlagCode[];
}

/** How many polls a second a polling server answers, asked by autocannon as fast as it can. */
export interface Endpoint {
  readonly connections: number;
  readonly pollIntervalMs: number;
  readonly loads: readonly EndpointLoad[];
}

/** Answers that all carry the same. */
export interface EndpointLoad {
  readonly messagesPerAnswer: number;
  readonly bytesPerAnswer: number;
  readonly answersPerSecond: number;
  /** So many clients ask as often, each an interval after its last answer. */
  readonly clients: number;
  /** `at-least` where the server was not at its limit: autocannon was, or other programs had the cores. */
  readonly kind: 'capacity' | 'at-least';
  readonly limiter: 'server-cpu' | 'driver' | 'noise';
  readonly serverCoreShare: number;
  readonly cannonCoreShare: number;
  /** From question to answer, with every connection always asking. */
  readonly latency: Latency;
}
