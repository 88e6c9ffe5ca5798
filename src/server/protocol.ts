import type { HistoryEnd, HistoryReading } from '../applications/index.ts';
import type { Whereabouts } from '../cluster/whereabouts.ts';
import type { TransportOptions } from '../contracts.ts';
import type { Certificate } from '../instrument/certificate.ts';
import type { CpuReading, CpuUse } from '../instrument/meter.ts';
import type { SocketCount } from '../instrument/socket-meter.ts';
import type { WireCount } from '../instrument/wire/wire-meter.ts';
import type { ResolvedScenario } from '../measurements.ts';
import type { Arrivals } from '../schedule/due-times.ts';
import type { Said } from '../schedule/publisher.ts';
import type { Timeline } from '../timeline.ts';
import type { ServerSabotage } from './sabotage.ts';

/** What the server process is asked, in the order it is asked. */
export type ServerCalls = {
  start(input: ServerStart): Promise<{ port: number }>;
  /** Publishes so many messages, one a turn of the loop; answers how many deliveries that makes. */
  burst(input: { count: number }): Promise<{ deliveries: number }>;
  read(input: null): ServerReading;
  /** Reads the CPU at a stretch's start, middle and end, watched as in a window. */
  watch(input: { instantsNs: readonly number[] }): Promise<readonly CpuReading[]>;
  /** Messages of clients that were passed on until now, and to how many clients. */
  relayed(input: null): { messages: number; deliveries: number };
  /** Of the window's messages, the deliveries to clients that had been cut off on purpose; for when they are back. */
  missed(input: null): Missed;
  /** Bytes of JavaScript heap and external buffers, after a garbage collection. */
  heap(input: null): number;
  /** A known burden, for calibration: keeps so many bytes from then on and is busy for so long; answers what that took. */
  burden(input: { busyMs: number; bytes: number }): CpuUse;
  /** Arms the counters and, where the server speaks, the schedule. */
  arm(input: { timeline: Timeline; arrivals: Arrivals | null }): null;
  /** Answers after the timeline's end. */
  collect(input: null): Promise<ServerShare>;
  /** What it would leave behind if it ended now. */
  account(input: null): ServerAccount;
  /** Ends in good order: tells its clients, closes what listens, and answers with what it leaves behind. */
  retire(input: null): Promise<ServerAccount>;
};

export interface ServerStart {
  readonly transport: string;
  readonly options: TransportOptions;
  readonly certificate: Certificate | null;
  /** Whether loopback carries this round and nothing else. */
  readonly countWire: boolean;
  readonly scenario: ResolvedScenario;
  readonly sabotage: ServerSabotage | null;
  /** Which of the scenario's nodes it is, counted from 1. */
  readonly node: number;
  /** The port of the server whose place it takes: it then says only what is due from now on. Null for the first one, at any free port. */
  readonly port: number | null;
  /** Where the other nodes are; null where there are none, or nothing is passed on to them. */
  readonly others: Omit<Whereabouts, 'node'> | null;
}

/** The server's counters at one instant. */
export interface ServerReading extends CpuReading, SocketCount {
  readonly requests: number;
  readonly emptyAnswers: number;
  readonly rssBytes: number;
  /** Messages that could not be passed on to the other nodes. */
  readonly unpublished: number;
  readonly wire: WireCount | null;
  readonly history: HistoryReading | null;
}

/** Deliveries to clients that had been cut off on purpose: in the window, and in each of its phases. */
export interface Missed {
  readonly window: number;
  readonly phases: readonly number[];
}

/** The counters of a server that is not there, so that they can be added to those of others. */
export function nothingRead(atNs: number): ServerReading {
  const cpu = { atNs, userUs: 0, systemUs: 0 };
  const sockets = { bytesUp: 0, bytesDown: 0, open: 0, peakOpen: 0 };
  const counts = { requests: 0, emptyAnswers: 0, rssBytes: 0, unpublished: 0 };
  return { ...cpu, ...sockets, ...counts, wire: null, history: null };
}

/** What the server adds to a round. */
export interface ServerShare {
  readonly said: Said;
  /** The number of the window's first message among all that were published here, warm-up included. */
  readonly firstNumber: number;
  /** From its start to the window's end. */
  readonly ageMs: number;
  readonly loopDelayP99Ms: number;
  /** What became of the window's messages at the store; null where there is none. */
  readonly history: HistoryEnd | null;
  /** At the window's start, middle and end and the light load's end. */
  readonly readings: readonly ServerReading[];
  /** Where one phase ends and the next begins. */
  readonly turns: readonly ServerReading[];
  /** When this server learnt that a client was gone, after the epoch. */
  readonly closingsUs: readonly number[];
  /** In steps of `STEP_MS` from the window's start: null where it was not there, or stopped; empty where there are no faults. */
  readonly steps: readonly (ServerStep | null)[];
}

/** The same before its end: readings only of the instants that have passed, and one more of now. */
export interface ServerAccount extends ServerShare {
  readonly now: ServerReading;
}

/** Open sockets at a step's end, and CPU in it. */
export interface ServerStep {
  readonly open: number;
  readonly cpuUs: number;
}

/** What loopback carried between two readings; null where it was not counted. */
export function wireBetween(from: ServerReading, to: ServerReading, what: keyof WireCount): number | null {
  return from.wire === null || to.wire === null ? null : to.wire[what] - from.wire[what];
}
