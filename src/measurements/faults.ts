/** Everything that can be made to go wrong in a round. */
export const FAULT_NAMES = [
  'server-kill',
  'server-restart',
  'server-freeze',
  'link-cut',
  'link-hole',
  'link-slow',
  'upgrade-403',
  'upgrade-dropped',
  'upgrade-200',
  'buffering',
  'client-stall',
  'storm',
  'redis-kill',
  'redis-freeze',
] as const;
export type FaultName = (typeof FAULT_NAMES)[number];

/** One fault and when it is there. */
export interface Fault {
  readonly fault: FaultName;
  /** After the window's start; null where it is there before the first client comes. */
  readonly atMs: number | null;
  /** Null where it stays until the end; 0 where it is over at once. */
  readonly forMs: number | null;
  /** Which node it strikes, counted from 1. */
  readonly node: number;
}

/** How many clients something happened to, and how long that took each of them; times are null where it happened to none. */
export interface Spread {
  readonly clients: number;
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  readonly maxMs: number | null;
}

/** What one fault did. Counts are of the messages due from its beginning until the next fault begins. */
export interface FaultResult {
  readonly fault: FaultName;
  readonly node: number;
  /** When it really began and was over, after the window's start; null where it was there before, or stayed. */
  readonly beganMs: number | null;
  readonly endedMs: number | null;
  /** From its beginning until a client knew that its connection was gone, and until the server knew that of a client. */
  readonly clientsNoticed: Spread;
  readonly serverNoticed: Spread;
  /** From its end until the first message after it, and how many clients had none until the next fault. */
  readonly recovered: Spread;
  readonly silentClients: number;
  /** Clients that came back with what they had missed, and that came back as newcomers. */
  readonly resumed: number;
  readonly reconnected: number;
  /** Attempts to come back that failed. */
  readonly failedAttempts: number;
  readonly expected: number;
  readonly delivered: number;
  readonly lost: number;
  /** Delivered, but later than the transport's own pace explains. */
  readonly late: number;
  readonly duplicated: number;
  /** When the first and the last lost message were due, after the window's start; null where none was lost. */
  readonly firstLostMs: number | null;
  readonly lastLostMs: number | null;
  /** The most that the server did in any tenth of a second: share of a core, and open connections; null where nobody saw. */
  readonly peakCoreShare: number | null;
  readonly peakOpen: number | null;
}

/** The window in steps of a tenth of a second; each list has one figure a step. */
export interface Series {
  readonly stepMs: number;
  /** By clock. */
  readonly arrived: readonly number[];
  /** By identity: of the messages due in the step. */
  readonly expected: readonly number[];
  readonly lost: readonly number[];
  /** The same of the messages to clients of the node that said them; empty where there is one node. */
  readonly localExpected: readonly number[];
  readonly localLost: readonly number[];
  /** Of what arrived in the step; null where nothing did. */
  readonly latencyMeanMs: readonly (number | null)[];
  readonly latencyMaxMs: readonly (number | null)[];
  /** Clients that believed at the step's end that they were connected. */
  readonly connected: readonly number[];
  /** Sockets that the servers held, and their share of a core; null while nobody could be asked. */
  readonly open: readonly (number | null)[];
  readonly coreShare: readonly (number | null)[];
}
