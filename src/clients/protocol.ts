import type { TransportOptions } from '../contracts.ts';
import type { CpuReading } from '../instrument/meter.ts';
import type { Crowd, ResolvedScenario } from '../measurements.ts';
import type { Arrivals } from '../schedule/due-times.ts';
import type { Said } from '../schedule/publisher.ts';
import type { Timeline } from '../timeline.ts';
import type { ClientsSabotage } from './sabotage.ts';

/** What a process of clients is asked; crowd and witnesses differ only in how many it holds. */
export type ClientsCalls = {
  start(input: ClientsStart): Promise<null>;
  /** Opens one wave of clients; answers when all are open. */
  connect(input: Wave): Promise<ConnectShare>;
  count(input: null): ClientsCount;
  /** What the open connections are carried by, with how many each; looks at every one of them. */
  carrying(input: null): Readonly<Record<string, number>>;
  /** Bytes of JavaScript heap and external buffers, after a garbage collection. */
  heap(input: null): number;
  /** Closes every client and forgets what they received. */
  close(input: null): Promise<null>;
  /** Says so many messages, one a turn of the loop, by one client after the other. */
  burst(input: { count: number }): Promise<null>;
  /** Arms the record and, where clients speak, the schedule of all of them together. */
  arm(input: { timeline: Timeline; arrivals: Arrivals | null }): null;
  /** Answers when every client that left in the window is back. */
  returned(input: null): Promise<null>;
  /** Answers after the timeline's end, with everything received until now. */
  collect(input: null): Promise<ClientsShare>;
};

export interface ClientsStart {
  readonly transport: string;
  readonly crowd: Crowd;
  readonly scenario: ResolvedScenario;
  readonly ca: string | null;
  readonly sabotage: ClientsSabotage | null;
}

/** Clients that connect at the same time. */
export interface Wave {
  /** Clients use them by turns. */
  readonly urls: readonly string[];
  readonly indexes: readonly number[];
  readonly options: TransportOptions;
}

export interface ConnectShare {
  readonly latenciesMs: readonly number[];
  /** Why clients did not come in, with how many each. */
  readonly refused: Readonly<Record<string, number>>;
  readonly firstAttemptNs: number;
  readonly lastSuccessNs: number;
}

export interface ClientsCount {
  /** Messages received since the fleet was opened. */
  readonly received: number;
  /** Of the messages due in the window, those delivered so far. */
  readonly delivered: number;
  /** How many deliveries the messages make that these clients said in the window so far, and whether they have said all. */
  readonly expected: number;
  readonly isDone: boolean;
}

/** How one process's clients came and went in the window. */
export interface ChurnShare {
  readonly joins: number;
  readonly leaves: number;
  /** Clients that were cut off. */
  readonly cuts: number;
  /** Attempts to come back that failed, and were made again. */
  readonly failed: number;
  readonly connectMs: readonly number[];
  /** From the cut until the last of those was back; null where none was cut off. */
  readonly recoveredMs: number | null;
}

/** What one process of clients adds to a round. */
export interface ClientsShare {
  /** What these clients said. */
  readonly said: Said;
  /** Null where none comes and goes. */
  readonly churn: ChurnShare | null;
  readonly delivered: number;
  readonly duplicated: number;
  readonly reordered: number;
  /** Messages without a readable stamp: nobody of ours sent them. */
  readonly unreadable: number;
  /** Messages that were meant for others. */
  readonly misdirected: number;
  /** Deliveries by clock: in the window's two halves, and under the light load. */
  readonly arrivedInHalves: readonly [number, number];
  readonly arrivedInLight: number;
  readonly payloadBytes: number;
  readonly latencyHdr: string;
  /** The same for each phase: deliveries by identity and by clock; empty where there are none. */
  readonly phases: readonly PhaseShare[];
  /** How long clients were without the newest value; null where no message tells. */
  readonly stalenessHdr: string | null;
  /** Of each channel that messages came over. */
  readonly channels: readonly { readonly channel: number; readonly latencyHdr: string }[];
  /** Mean latency of the messages due in each half, to see whether it climbs. */
  readonly halves: readonly [HalfLatency, HalfLatency];
  readonly readings: readonly CpuReading[];
  readonly loopDelayP99Ms: number;
  /** What came from a client's own node, and from others; null where there is one node, or nobody knows which is a client's own. */
  readonly hops: HopsShare | null;
  /** How these clients fared while things went wrong; null where the scenario has no faults. */
  readonly trouble: TroubleShare | null;
  /** Connections that ended and were not closed from here, by reason. */
  readonly dropped: Readonly<Record<string, number>>;
}

/** Latencies of the messages due in the window, by the way they came: one for each delivery. */
export interface HopsShare {
  readonly localHdr: string;
  readonly remoteHdr: string;
}

/** One process's clients in steps of `STEP_MS` from the window's start to its end, and through each of the scenario's faults. */
export interface TroubleShare {
  /** By clock: messages due in the window that arrived in the step. */
  readonly arrived: readonly number[];
  readonly latencySumUs: readonly number[];
  readonly latencyMaxUs: readonly number[];
  /** By identity: of the messages due in the step. */
  readonly delivered: readonly number[];
  /** Of these, to clients of the node that said them; of no meaning where there is one node. */
  readonly deliveredLocally: readonly number[];
  /** Clients that believed at the step's end that they were connected. */
  readonly connected: readonly number[];
  /** In the order in which they happened. */
  readonly turns: readonly ClientTurn[];
  /** One for each fault of the scenario. */
  readonly faults: readonly FaultShare[];
}

/** What happened to one client's connection: it noticed that it is gone, came back whole or as a newcomer, or could not. */
export interface ClientTurn {
  readonly index: number;
  /** After the epoch. */
  readonly atUs: number;
  readonly what: 'noticed' | 'resumed' | 'reconnected' | 'failed';
}

/** Of the messages due from a fault's beginning (as planned) until the next one's. */
export interface FaultShare {
  readonly delivered: number;
  readonly late: number;
  readonly duplicated: number;
  /** When each client got its first message after the fault's planned end, after the epoch; clients that got none before the next fault are absent. */
  readonly firstArrivalsUs: readonly number[];
}

export interface PhaseShare {
  readonly delivered: number;
  readonly arrived: number;
  readonly latencyHdr: string;
}

export interface HalfLatency {
  sumUs: number;
  count: number;
}
