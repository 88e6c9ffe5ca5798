import type { ResolvedScenario } from '../measurements.ts';

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
}
