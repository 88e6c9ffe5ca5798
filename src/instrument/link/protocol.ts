import type { Link } from '../../contracts.ts';
import type { LinkCost } from '../../measurements.ts';
import type { CpuReading } from '../meter.ts';

/** What the relay process is asked. */
export type RelayCalls = {
  /** Answers with a port for each target that stands for the target's, at the link's distance. */
  start(input: RelayStart): Promise<{ ports: number[] }>;
  /** Changes the link for all that is sent from now on. */
  change(input: Link): null;
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
}

/** What the relay adds to a round. */
export interface RelayShare {
  /** At the window's start, middle and end and the light load's end. */
  readonly readings: readonly CpuReading[];
  /** Of the window. */
  readonly link: LinkCost;
}
