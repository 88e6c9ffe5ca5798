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
