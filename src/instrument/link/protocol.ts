import type { Link } from '../../contracts.ts';
import type { LinkCost } from '../../measurements.ts';
import type { CpuReading } from '../meter.ts';
import type { LinkFault } from './faults/names.ts';

/** What the relay process is asked. */
export type RelayCalls = {
  /** Answers with a port for each target that stands for the target's, at the link's distance. */
  start(input: RelayStart): Promise<{ ports: number[] }>;
  /** Changes the link for all that is sent from now on. */
  change(input: Link): null;
  /** A fault begins or ends; answers when that is done to all connections. */
  fault(input: FaultTurn): Promise<null>;
  /** What crossed until now, of the connections in the order in which they came. */
  tapped(input: null): readonly Tapped[];
  /** What each target's connections came to until now, by its place. */
  crossed(input: null): readonly Crossed[];
  /** Names the instants to read at: the window's start, middle and end, and a last one. */
  arm(input: { readonly instantsNs: readonly number[] }): null;
  /** Answers after the last instant. */
  collect(input: null): Promise<RelayShare>;
};

/** What the relay stands before. */
export interface Target {
  readonly host: string;
  readonly port: number;
}

export interface RelayStart {
  readonly targets: readonly Target[];
  readonly link: Link;
  /** What the jitter comes from. */
  readonly seed: number;
  /** Whether there will be faults that look into what passes. */
  readonly looksIn: boolean;
  /** How much of each connection is kept each way, for `tapped`. */
  readonly tapBytes: number;
  /** The address to listen at; where nobody says, clients of this machine alone can come. */
  readonly host?: string;
}

/** The connections of one target: how many are open, how many there were, and the bytes that clients sent and got. */
export interface Crossed {
  readonly connections: number;
  readonly opened: number;
  readonly bytesUp: number;
  readonly bytesDown: number;
}

/** A fault begins or ends. */
export interface FaultTurn {
  readonly fault: LinkFault;
  readonly begins: boolean;
  /** Whom it strikes, where it does not strike all: `client-stall` names its clients so. */
  readonly addresses?: readonly string[];
}

/** What crossed one connection, as the client saw it. */
export interface Tapped {
  /** Which of the relay's targets it was for, by its place. */
  readonly target: number;
  /** The client's address, and when it came by the shared clock. */
  readonly address: string;
  readonly openedNs: number;
  readonly pieces: readonly Piece[];
  /** All bytes of the connection, those included that were not kept. */
  readonly upBytes: number;
  readonly downBytes: number;
}

/** What one side sent in one go, or how it ended; `latin1` has a character for each byte. */
export interface Piece {
  readonly way: 'up' | 'down';
  readonly atNs: number;
  readonly what: 'bytes' | 'end' | 'reset';
  readonly latin1: string;
}

/** What the relay adds to a round. */
export interface RelayShare {
  /** At the window's start, middle and end and the light load's end. */
  readonly readings: readonly CpuReading[];
  /** Of the window. */
  readonly link: LinkCost;
}
