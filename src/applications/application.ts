import type { App, Connection, Message, ServerSide } from '../contracts.ts';
import type { ApplicationName, ResolvedScenario } from '../measurements.ts';
import type { Stamp } from '../message.ts';

/** A workload as a program: written once over the transport-neutral contracts, in halves that load lazily. */
export interface Application {
  readonly name: ApplicationName;
  readonly summary: string;
  /** Who says what is measured: the server to its clients, the clients through the server, or nobody. */
  readonly speaker: 'server' | 'clients' | 'nobody';
  /** How many messages are said each second by all speakers together, so that each client is due `ratePerSecond`. */
  messagesPerSecond(scenario: ResolvedScenario): number;
  server(scenario: ResolvedScenario): Promise<ServerHalf>;
  client(scenario: ResolvedScenario): Promise<ClientHalf>;
}

/** The server's half: one for each server process. */
export interface ServerHalf {
  readonly app: App;
  /** How many answers of request-based transports carried nothing. */
  readonly emptyAnswers: number;
  /** Messages of clients that were passed on, and to how many clients in all. */
  readonly relayed: { readonly messages: number; readonly deliveries: number };
  /** What it stores; absent where it stores nothing. */
  readonly history?: HistoryMeter | null;
  /** Told once, before the first client comes, through what it can speak at any time. */
  serve?(side: ServerSide): void;
  /** Says one message of the schedule; answers for how many clients it is meant. */
  publish(side: ServerSide, stamp: Stamp): number;
}

/** Counts what is stored of what clients say. */
export interface HistoryMeter {
  read(): HistoryReading;
  /** Stores what still waits; answers how many were stored in all, before the first that was not, and why that was not. */
  settle(): Promise<HistoryEnd>;
}

/** Messages that were taken and stored until now, in how many batches, and what that took. */
export interface HistoryReading {
  readonly taken: number;
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
  readonly error: string | null;
}

/** The clients' half: one for each process of clients. */
export interface ClientHalf {
  /** What the client of that number does. */
  part(index: number): Part;
}

/** What one client does and hears, over its connection. */
export interface Part {
  /** Says what must be said first; resolves when the client takes part. */
  enter?(connection: Connection): Promise<void>;
  /** Says one message that is measured; answers how many clients are to hear it. */
  say?(connection: Connection, stamp: Stamp): number;
  /** Says goodbye; resolves when the server has taken note. */
  leave?(connection: Connection): Promise<void>;
  /** Makes out one message that has arrived. */
  hear(message: Message): Heard;
}

/** A measured message with its stamp and the bytes of it that somebody wanted to say; or none of ours: see each word. */
export type Heard =
  | { readonly stamp: Stamp; readonly bytes: number }
  /** Part of the application's own talk: welcomes, lists, acknowledgements. */
  | 'aside'
  /** Meant for somebody else. */
  | 'misdirected'
  | 'unreadable';
