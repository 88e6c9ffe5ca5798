/** The instants of a round that every process knows beforehand, in microseconds after the epoch. */
export interface Timeline {
  /** On the clock that all processes share. */
  readonly epochNs: number;
  /** Publishing starts here, at the scenario's own rate. */
  readonly startUs: number;
  readonly windowStartUs: number;
  readonly windowEndUs: number;
  /** Where each phase ends, the last one with the window; empty where there are none. */
  readonly phaseEndsUs: readonly number[];
  /** After the window a lighter load runs until here, so that fixed and marginal cost can be told apart. */
  readonly lightEndUs: number;
}

/** The step of a time series. */
export const STEP_MS = 100;

/** Where each step of the window ends; the last one may be short. */
export function stepEndsUs({ windowStartUs, windowEndUs }: Timeline): number[] {
  const steps = Math.ceil((windowEndUs - windowStartUs) / (STEP_MS * 1000));
  return Array.from({ length: steps }, (_, step) =>
    Math.min(windowEndUs, windowStartUs + (step + 1) * STEP_MS * 1000),
  );
}

/** Which half of the window an instant falls into; undefined outside. */
export function halfOf({ windowStartUs, windowEndUs }: Timeline, instantUs: number): 0 | 1 | undefined {
  if (instantUs < windowStartUs || instantUs >= windowEndUs) return undefined;
  return instantUs < (windowStartUs + windowEndUs) / 2 ? 0 : 1;
}

/** Which phase an instant falls into; undefined outside of all. */
export function phaseOf({ windowStartUs, phaseEndsUs }: Timeline, instantUs: number): number | undefined {
  if (instantUs < windowStartUs) return undefined;
  const index = phaseEndsUs.findIndex((endUs) => instantUs < endUs);
  return index < 0 ? undefined : index;
}

/** The instants within the window at which one phase ends and the next begins. */
export function turningInstantsNs({ epochNs, phaseEndsUs }: Timeline): number[] {
  return phaseEndsUs.slice(0, -1).map((endUs) => epochNs + endUs * 1000);
}

/** The four instants at which counters are read: the window's start, middle and end, and the light load's end. */
export function readingInstantsNs(timeline: Timeline): number[] {
  const { epochNs, windowStartUs, windowEndUs, lightEndUs } = timeline;
  const instantsUs = [windowStartUs, (windowStartUs + windowEndUs) / 2, windowEndUs, lightEndUs];
  return instantsUs.map((instantUs) => epochNs + instantUs * 1000);
}
