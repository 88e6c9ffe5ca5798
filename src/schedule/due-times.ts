import type { Pace } from '../measurements.ts';
import type { Timeline } from '../timeline.ts';

/** How often messages are due, from all speakers together, and how they are spread. */
export interface Arrivals {
  readonly kind: 'periodic' | 'poisson';
  readonly ratePerSecond: number;
  /** The window's phases in turn; empty where it is `ratePerSecond` throughout. */
  readonly phases: readonly Pace[];
  readonly seed: number;
  /** How much of the rate goes on after the window; a quarter where nobody says. */
  readonly lightShare?: number;
}

/** The light load's share of the scenario's rate. */
const LIGHT_SHARE = 0.25;

/** When each message of a round is due, in whole microseconds after the epoch, ascending. */
export function dueTimesUs(timeline: Timeline, arrivals: Arrivals, random: () => number): number[] {
  const { startUs, windowStartUs, windowEndUs, phaseEndsUs, lightEndUs } = timeline;
  const { kind, ratePerSecond, phases, lightShare = LIGHT_SHARE } = arrivals;
  const due = (fromUs: number, toUs: number, pace: Pace) =>
    stretch(fromUs, toUs, pace, kind === 'periodic' ? evenly : (total) => atRandom(total, random));
  const settling = phases[0]?.fromPerSecond ?? ratePerSecond;
  const window = phases.length === 0 ? [steady(ratePerSecond)] : phases;
  const endsUs = phases.length === 0 ? [windowEndUs] : phaseEndsUs;
  return [
    ...due(startUs, windowStartUs, steady(settling)),
    ...window.flatMap((pace, index) => {
      return due(endsUs[index - 1] ?? windowStartUs, endsUs[index] ?? windowEndUs, pace);
    }),
    ...due(windowEndUs, lightEndUs, steady(ratePerSecond * lightShare)),
  ];
}

function steady(ratePerSecond: number): Pace {
  return { fromPerSecond: ratePerSecond, toPerSecond: ratePerSecond };
}

/** Puts the messages of a stretch where its pace has them due; `places` says which share of all is over at each. */
function stretch(startUs: number, endUs: number, pace: Pace, places: (total: number) => number[]): number[] {
  const lengthUs = endUs - startUs;
  const total = (lengthUs * (pace.fromPerSecond + pace.toPerSecond)) / 2 / 1e6;
  return places(total).map((share) => Math.floor(startUs + lengthUs * timeOf(share, pace)));
}

/** The share of its time after which a stretch has said that share of its messages: the integral of its pace, turned round. */
function timeOf(share: number, { fromPerSecond: from, toPerSecond: to }: Pace): number {
  if (from === to) return share;
  return (share * (from + to)) / (from + Math.sqrt(from ** 2 + share * (to ** 2 - from ** 2)));
}

/** Evenly spaced, half a period away from either end, so that no message falls on a reading. */
function evenly(total: number): number[] {
  const count = Math.round(total);
  return Array.from({ length: count }, (_, index) => (index + 0.5) / count);
}

function atRandom(total: number, random: () => number): number[] {
  const shares: number[] = [];
  let said = 0;
  for (;;) {
    said += -Math.log(1 - random());
    if (said >= total) return shares;
    shares.push(said / total);
  }
}
