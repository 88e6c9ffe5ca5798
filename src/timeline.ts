/** The instants of a round that every process knows beforehand, in microseconds after the epoch. */
export interface Timeline {
  /** On the clock that all processes share. */
  readonly epochNs: number;
  /** Publishing starts here, at the scenario's own rate. */
  readonly startUs: number;
  readonly windowStartUs: number;
  readonly windowEndUs: number;
  /** After the window a lighter load runs until here, so that fixed and marginal cost can be told apart. */
  readonly lightEndUs: number;
}

/** Which half of the window an instant falls into; undefined outside. */
export function halfOf({ windowStartUs, windowEndUs }: Timeline, instantUs: number): 0 | 1 | undefined {
  if (instantUs < windowStartUs || instantUs >= windowEndUs) return undefined;
  return instantUs < (windowStartUs + windowEndUs) / 2 ? 0 : 1;
}

/** The four instants at which counters are read: the window's start, middle and end, and the light load's end. */
export function readingInstantsNs(timeline: Timeline): number[] {
  const { epochNs, windowStartUs, windowEndUs, lightEndUs } = timeline;
  const instantsUs = [windowStartUs, (windowStartUs + windowEndUs) / 2, windowEndUs, lightEndUs];
  return instantsUs.map((instantUs) => epochNs + instantUs * 1000);
}
