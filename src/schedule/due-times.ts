import type { Timeline } from '../timeline.ts';

/** How often messages are due, from all speakers together, and how they are spread. */
export interface Arrivals {
  readonly kind: 'periodic' | 'poisson';
  readonly ratePerSecond: number;
  readonly seed: number;
  /** How much of the rate goes on after the window; a quarter where nobody says. */
  readonly lightShare?: number;
}

/** The light load's share of the scenario's rate. */
const LIGHT_SHARE = 0.25;

/** When each message of a round is due, in whole microseconds after the epoch, ascending. */
export function dueTimesUs(timeline: Timeline, arrivals: Arrivals, random: () => number): number[] {
  const { startUs, windowStartUs, windowEndUs, lightEndUs } = timeline;
  const { kind, ratePerSecond, lightShare = LIGHT_SHARE } = arrivals;
  const stretch = kind === 'periodic' ? periodic : poisson;
  return [
    ...stretch(startUs, windowStartUs, ratePerSecond, random),
    ...stretch(windowStartUs, windowEndUs, ratePerSecond, random),
    ...stretch(windowEndUs, lightEndUs, ratePerSecond * lightShare, random),
  ];
}

/** Evenly spaced, half a period away from either end, so that no message falls on a reading. */
function periodic(startUs: number, endUs: number, ratePerSecond: number): number[] {
  const count = Math.round(((endUs - startUs) * ratePerSecond) / 1e6);
  const periodUs = (endUs - startUs) / count;
  return Array.from({ length: count }, (_, index) => Math.floor(startUs + (index + 0.5) * periodUs));
}

function poisson(startUs: number, endUs: number, ratePerSecond: number, random: () => number): number[] {
  const dueUs: number[] = [];
  let atUs = startUs;
  for (;;) {
    atUs += (-Math.log(1 - random()) / ratePerSecond) * 1e6;
    if (atUs >= endUs) return dueUs;
    dueUs.push(Math.floor(atUs));
  }
}
