import type { Calibration } from '../measurements.ts';
import type { Bench } from './bench.ts';

/** What a check came to. */
export interface Outcome {
  readonly name: string;
  readonly state: 'passed' | 'failed' | 'skipped';
  /** What was found, in a few figures; why, where it was skipped. */
  readonly figure: string;
  /** What that means to whoever reads a report. */
  readonly meaning: string;
  /** What was wrong: one line each. */
  readonly faults: readonly string[];
  /** What goes into the summary that every report carries. */
  readonly summary: Partial<CalibrationFigures>;
}

/** The figures of the summary that checks find. */
export type CalibrationFigures = Omit<Calibration, 'at' | 'rtbench' | 'passed' | 'checks'>;

/** What a judge says of its evidence: sound where there are no faults. */
export type Verdict = Pick<Outcome, 'figure' | 'faults'> & Partial<Pick<Outcome, 'summary'>>;

/** Evidence as a broken instrument would have brought it. */
export interface Mutant<Evidence> {
  readonly what: string;
  readonly of: (evidence: Evidence) => Evidence;
}

/** One self-test: real causes bring the evidence, a pure judge reads it. */
export interface Check<Evidence> {
  readonly name: string;
  readonly meaning: string;
  /** About how long it takes; for the time that is left. */
  readonly expectedMs: { readonly quick: number; readonly full: number };
  /** Nothing that runs at the same time can change what it counts. */
  readonly onlyCounts?: true;
  gather(bench: Bench): Promise<Evidence>;
  judge(evidence: Evidence): Verdict;
  /** Each must make the judge find a fault. */
  readonly mutants: readonly Mutant<Evidence>[];
}

/** A check whose evidence nobody else needs to know. */
export interface Runnable {
  readonly name: string;
  readonly expectedMs: { readonly quick: number; readonly full: number };
  readonly onlyCounts: boolean;
  run(bench: Bench): Promise<Ran>;
}

/** How a check went, and whether its judge saw through each mutant of its evidence. */
export interface Ran {
  readonly outcome: Outcome;
  readonly mutants: readonly { readonly what: string; readonly noticed: boolean }[];
}

/** Thrown by `gather` where a check cannot be made here. */
export class CannotCheck extends Error {}

/** Ties a check's halves together. */
export function runnable<Evidence>(check: Check<Evidence>): Runnable {
  const { name, meaning, expectedMs, onlyCounts = false, mutants } = check;
  const outcome = (state: Outcome['state'], figure: string, rest: Partial<Outcome> = {}): Outcome => ({
    ...{ name, meaning, state, figure, faults: [], summary: {} },
    ...rest,
  });
  return {
    name,
    expectedMs,
    onlyCounts,
    async run(bench) {
      let evidence: Evidence;
      try {
        evidence = await check.gather(bench);
      } catch (error) {
        if (bench.signal.aborted) throw error;
        if (error instanceof CannotCheck) return { outcome: outcome('skipped', error.message), mutants: [] };
        const faults = [error instanceof Error ? error.message : String(error)];
        return { outcome: outcome('failed', 'could not be made', { faults }), mutants: [] };
      }
      const { faults, figure, summary = {} } = check.judge(evidence);
      return {
        outcome: outcome(faults.length === 0 ? 'passed' : 'failed', figure, { faults, summary }),
        mutants: mutants.map(({ what, of }) => ({
          what: `${name}: ${what}`,
          noticed: check.judge(of(evidence)).faults.length > 0,
        })),
      };
    },
  };
}
