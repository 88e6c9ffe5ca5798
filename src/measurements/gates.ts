/** One thing that had to hold of a report, and what was found. */
export interface Gate {
  /** A figure of its own, or one that was held against an earlier report's. */
  readonly kind: 'threshold' | 'baseline';
  /** What was asked: the expression with its transports by name, or the rule in words. */
  readonly rule: string;
  /** Where it was asked: `--fail-if`, a scenario's file and line, or `--baseline` with the file. */
  readonly place: string;
  /** Whose figure it is; null where it is of several transports. */
  readonly transport: string | null;
  readonly passed: boolean;
  /** The figure, or its ratio to the baseline's. Null where there is no such figure; then it did not pass. */
  readonly value: number | null;
  readonly limit: number | null;
  /** What was found, in a sentence. */
  readonly found: string;
}

/** The earlier report that a report was held against. */
export interface Baseline {
  readonly file: string;
  readonly startedAt: string;
  /** What is no gate but must be known beside them: what improved, what could not be judged, what would have shown. */
  readonly notes: readonly string[];
}
