import type { App, Connection, Message, ServerSide } from '../contracts.ts';
import type { ApplicationName, ResolvedScenario } from '../measurements.ts';
import type { Stamp } from '../message.ts';
import type { Timeline } from '../timeline.ts';

/** A workload as a program: written once over the transport-neutral contracts, in halves that load lazily. */
export interface Application {
  readonly name: ApplicationName;
  readonly summary: string;
  /** Who says what is measured: the server to its clients, the clients through the server, or nobody. */
  readonly speaker: 'server' | 'clients' | 'nobody';
  /** Clients leave and come back while it is measured. */
  readonly comesAndGoes?: boolean;
  /** Clients send something too, be it only what they want to hear. */
  readonly isTwoWay?: boolean;
  /** How many messages are said each second by all speakers together, so that each client is due `ratePerSecond`. */
  messagesPerSecond(scenario: ResolvedScenario): number;
  /** The clients that hear what a client says, itself included; absent where clients do not speak. */
  audience?(speaker: number, scenario: ResolvedScenario): readonly number[];
  /** Bytes of the largest message, where that is not the payload. */
  largestBytes?(scenario: ResolvedScenario): number;
  /** Connections of each client, where that is not one. */
  connectionsPerClient?(scenario: ResolvedScenario): number;
  server(scenario: ResolvedScenario): Promise<ServerHalf>;
  client(scenario: ResolvedScenario): Promise<ClientHalf>;
}

/** The server's half: one for each server process. */
export interface ServerHalf {
  /** Without what the harness counts by itself. */
  readonly app: Omit<App, 'answered'>;
  /** Messages of clients that were passed on, and to how many clients in all; absent where none are. */
  readonly relayed?: { readonly messages: number; readonly deliveries: number };
  /** What it stores; absent where it stores nothing. */
  readonly history?: HistoryMeter | null;
  /** Told once, before the first client comes, through what it can speak at any time. */
  serve?(side: ServerSide): void;
  /** Says one message of the schedule; answers for how many clients it is meant, and tells when those were due whose place it took; absent where the server says nothing. */
  publish?(side: ServerSide, stamp: Stamp, conflated: (dueUs: number) => void): number;
  /** Of so many messages of the schedule from that number on: the deliveries to clients that had been cut off on purpose. */
  missed?(first: number, count: number): number;
}

/** Counts what is stored of what clients say. */
export interface HistoryMeter {
  read(): HistoryReading;
  /** Stores what still waits, and tells what became of the messages that were due in the window. */
  settle(timeline: Timeline): Promise<HistoryEnd>;
}

/** Messages that were stored until now, in how many batches, and what that took. */
export interface HistoryReading {
  readonly stored: number;
  readonly batches: number;
  readonly batchMs: number;
  /** Null where the store's work cannot be told from the server's other work. */
  readonly cpuUs: number | null;
  /** Stored messages that were given to newcomers. */
  readonly given: number;
}

export interface HistoryEnd {
  readonly stored: number;
  readonly lost: number;
  /** Why the store failed; null where it did not. */
  readonly error: string | null;
}

/** The clients' half: one for each process of clients. */
export interface ClientHalf {
  /** What the client of that number does. */
  part(index: number): Part;
}

/** What a client does over further connections, and whether they have sockets of their own. */
export interface Beside {
  readonly parts: readonly Part[];
  readonly over: 'connections' | 'namespaces';
}

/** What one client does and hears, over its connection. */
export interface Part {
  /** Absent where one connection is enough. */
  readonly beside?: Beside | undefined;
  /** Says what must be said first; resolves when the client takes part. */
  enter?(connection: Connection): Promise<void>;
  /** Says one message that is measured; answers how many clients are to hear it. */
  say?(connection: Connection, stamp: Stamp): number;
  /** Says goodbye; resolves when the server has taken note. */
  leave?(connection: Connection): Promise<void>;
  /** Is gone without a word. */
  vanish?(connection: Connection): Promise<void>;
  /** All it hears is messages that are stamp and padding, so that their bytes may be looked at instead. */
  readonly isPlain?: true;
  /** Makes out one message that has arrived. */
  hear(message: Message): Heard;
}

/** A measured message with its stamp and the bytes of it that somebody wanted to say; or none of ours: see each word. */
export type Heard =
  | {
      readonly stamp: Stamp;
      readonly bytes: number;
      /** Where newer values replace older ones: since when the client was without the newest, in microseconds after the epoch. */
      readonly staleSinceUs?: number;
      /** Where there are channels: which one it came over. */
      readonly channel?: number;
    }
  /** Part of the application's own talk: welcomes, lists, acknowledgements. */
  | 'aside'
  /** Meant for somebody else. */
  | 'misdirected'
  | 'unreadable';
