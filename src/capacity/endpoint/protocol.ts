import type { CpuReading } from '../../instrument/meter.ts';
import type { ResolvedScenario } from '../../measurements.ts';
import type { Timeline } from '../../timeline.ts';

/** What the process that holds autocannon is asked. */
export type CannonCalls = {
  /** Opens sessions at a polling server, one for each connection; answers their paths. */
  open(input: {
    readonly url: string;
    readonly scenario: ResolvedScenario;
    readonly ca: string | null;
    readonly sessions: number;
  }): Promise<Sessions>;
  /** Asks as fast as it can from now until the timeline's end; what happens in its window counts. */
  fire(input: {
    readonly url: string;
    readonly paths: readonly string[];
    readonly timeline: Timeline;
  }): Promise<CannonShare>;
};

/** Opened sessions: what comes after each path is the cursor that is asked with. */
export interface Sessions {
  readonly paths: readonly string[];
  readonly cursor: number;
}

/** What the window brought. */
export interface CannonShare {
  readonly answers: number;
  readonly answerBytes: number;
  /** Answers that were no answers to a poll, and requests without any. */
  readonly failures: number;
  readonly latencyHdr: string;
  readonly readings: readonly CpuReading[];
}
