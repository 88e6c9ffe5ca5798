import type { Whereabouts } from '../cluster/whereabouts.ts';
import type { DemoTransport, LaneCount } from '../demo-talk.ts';

/** What the demo's server process is asked. */
export type DemoCalls = {
  /** Answers with the one port that all transports are on. */
  start(input: DemoStart): Promise<{ port: number }>;
  /** Changes what is published from now on. */
  set(input: Publishing): null;
  read(input: null): DemoReading;
  /** Ends in good order; answers with the number of the newest event. */
  retire(input: null): Promise<{ published: number }>;
};

export interface DemoStart {
  readonly transports: readonly DemoTransport[];
  /** Whether there is a chat beside the lanes. */
  readonly hasChat: boolean;
  readonly publishing: Publishing;
  /** Number of the first event. */
  readonly firstNumber: number;
  /** The port of the server whose place it takes; null for any free one. */
  readonly port: number | null;
  /** Origins of pages that may connect; a request without an origin is no browser's and may too. */
  readonly origins: readonly string[];
  /** Where it is one of several nodes: where the others are, and which one it is, counted from 1. */
  readonly cluster: { readonly hasAdapter: boolean; readonly whereabouts: Whereabouts } | null;
}

export interface Publishing {
  /** 0 for none. */
  readonly eventsPerSecond: number;
  readonly payloadBytes: number;
}

export interface DemoReading {
  readonly published: number;
  /** Messages of visitors that were not taken, because they said too much at once. */
  readonly refused: number;
  /** Without what only the relay knows. */
  readonly lanes: Readonly<
    Partial<Record<DemoTransport, Omit<LaneCount, 'bytesUp' | 'bytesDown' | 'connections'>>>
  >;
}
