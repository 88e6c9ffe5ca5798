import type { Latency } from './latency.ts';

/** A rate at a stretch's start and at its end; between them it changes evenly. */
export interface Pace {
  readonly fromPerSecond: number;
  readonly toPerSecond: number;
}

/** A stretch of the window with a rate of its own. */
export interface Phase extends Pace {
  readonly name: string;
  readonly durationMs: number;
}

/** What one phase of a round came to. */
export interface PhaseResult {
  readonly name: string;
  /** After the window's start. */
  readonly fromMs: number;
  readonly toMs: number;
  /** By identity: of the messages due in the phase. */
  readonly published: number;
  readonly expected: number;
  readonly delivered: number;
  /** Not sent, because a newer value took their place while the client was busy. */
  readonly conflated: number;
  readonly lost: number;
  /** The witnesses', of the messages due in the phase. */
  readonly latency: Latency;
  /** By clock: deliveries that arrived in the phase; what its costs are divided by. */
  readonly arrived: number;
  readonly serverCpuUs: number;
  readonly appUp: number;
  readonly appDown: number;
  /** IP bytes; null where the kernel's counters cannot be had. */
  readonly wire: number | null;
  readonly requests: number;
}
