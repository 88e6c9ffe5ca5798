import type { ResolvedScenario } from '../measurements.ts';

/** Everything a run needs, resolved and checked before anything starts; plain data. */
export interface Plan {
  /** The command line after `rtbench`, for the report. */
  readonly command: readonly string[];
  /** Canonical transport names, in the order the table shows them. */
  readonly transports: readonly string[];
  readonly scenario: ResolvedScenario;
}
