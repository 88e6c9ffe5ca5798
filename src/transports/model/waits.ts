/** Nearer to saturation than this a queue takes longer to settle than any window lasts: no figure is told. */
export const MOST_LOAD = 0.9;

/** How long messages wait: some not at all, the others anything up to a longest time, all equally likely. */
export interface Wait {
  readonly meanMs: number | null;
  /** The wait that so large a share of the messages does not exceed. */
  quantileMs(share: number): number | null;
}

/** Nobody waits. */
export const NO_WAIT: Wait = { meanMs: 0, quantileMs: () => 0 };
/** It cannot be told. */
export const UNKNOWN_WAIT: Wait = { meanMs: null, quantileMs: () => null };

/** A share waits not at all, the others for what is left of a gap; `spread` is the gap's variance over its mean squared. */
export function gapWait(gapMs: number, atOnceShare: number, spread: number): Wait {
  return {
    meanMs: (1 - atOnceShare) * (gapMs / 2) * (1 + spread),
    quantileMs(share) {
      if (spread > 0) return null;
      return atOnceShare >= share ? 0 : (gapMs * (share - atOnceShare)) / (1 - atOnceShare);
    },
  };
}

/** A queue in which each takes the same time (M/D/1); evenly spaced messages never meet in it. */
export function queueWait(
  arrivals: 'periodic' | 'poisson',
  ratePerMs: number,
  serviceMs: number,
  windowMs: number,
): Wait {
  const load = ratePerMs * serviceMs;
  if (load >= MOST_LOAD) return UNKNOWN_WAIT;
  if (arrivals === 'periodic' || load === 0) return NO_WAIT;
  if (windowMs < LEAST_RELAXATIONS * (serviceMs / (1 - load) ** 2)) return UNKNOWN_WAIT;
  return {
    meanMs: (load * serviceMs) / (2 * (1 - load)),
    quantileMs: (share) => serviceMs * queueQuantile(load, share),
  };
}

/** A window shorter than this many relaxation times of a queue says little about it. */
const LEAST_RELAXATIONS = 10;
const BISECTIONS = 40;

/** In service times. */
function queueQuantile(load: number, share: number): number {
  let low = 0;
  let high = 1;
  if (waitsAtMost(0, load) >= share) return 0;
  while (waitsAtMost(high, load) < share) high *= 2;
  for (let step = 0; step < BISECTIONS; step++) {
    const middle = (low + high) / 2;
    if (waitsAtMost(middle, load) < share) low = middle;
    else high = middle;
  }
  return high;
}

/** Erlang's series for the share that waits at most so many service times. */
function waitsAtMost(services: number, load: number): number {
  let sum = 0;
  for (let served = 0; served <= services; served++) {
    const ahead = load * (served - services);
    let term = Math.exp(-ahead);
    for (let factor = 1; factor <= served; factor++) term *= ahead / factor;
    sum += term;
  }
  return (1 - load) * sum;
}
