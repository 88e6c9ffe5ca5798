import type { MetricKey, ResolvedScenario } from '../measurements.ts';
import type { Threshold } from './thresholds/threshold.ts';

/** Where it can be had, by all means, or not at all. */
export type Isolate = (typeof ISOLATE)[number];
export const ISOLATE = ['auto', 'on', 'off'] as const;

/** Everything a run needs, resolved and checked before anything starts; plain data. */
export interface Plan {
  /** The command line after `rtbench`, for the report. */
  readonly command: readonly string[];
  /** Canonical transport names, in the order the table shows them. */
  readonly transports: readonly string[];
  /** Whether to run in a private network namespace, in which the kernel counts this run's bytes and no others. */
  readonly isolate: Isolate;
  readonly scenario: ResolvedScenario;
  /** When to stop before the last round; absent or null where the rounds are counted. */
  readonly until?: Until | null;
  /** What must not be true of the report; absent where none is judged. */
  readonly thresholds?: readonly Threshold[];
}

/** Blocks of rounds go on until an interval is narrow enough, or the time is over. */
export interface Until {
  readonly metric: MetricKey;
  /** Half of the interval's width, as a share of what it is about. */
  readonly precision: number;
  readonly maxTimeMs: number;
}
