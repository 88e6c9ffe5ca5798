/** What a client that asks again and again meets. */
export interface Cycle {
  readonly requestsPerMessage: number;
  /** Share of the answers that carry nothing. */
  readonly emptyShare: number;
  /** Share of the messages that find a request waiting for them. */
  readonly atOnceShare: number;
}

/**
 * Answers that carry all that is pending: after each comes a gap without a request, then one that is held for up
 * to `holdMs`. A poller is one that holds nothing.
 */
export function cycleOf(
  arrivals: 'periodic' | 'poisson',
  ratePerMs: number,
  gapMs: number,
  holdMs: number,
): Cycle {
  return arrivals === 'poisson' ? byChance(ratePerMs, gapMs, holdMs) : evenly(1 / ratePerMs, gapMs, holdMs);
}

function byChance(ratePerMs: number, gapMs: number, holdMs: number): Cycle {
  const nothingInGap = Math.exp(-ratePerMs * gapMs);
  const nothingInHold = Math.exp(-ratePerMs * holdMs);
  const held = nothingInGap * (1 - nothingInHold);
  const messages = ratePerMs * gapMs + held;
  return {
    requestsPerMessage: 1 / messages,
    emptyShare: nothingInGap * nothingInHold,
    atOnceShare: held / messages,
  };
}

/** Where the gap is no multiple of the period, messages fall anywhere in it; where it is, on average over all phases. */
function evenly(periodMs: number, gapMs: number, holdMs: number): Cycle {
  const asks = periodMs / gapMs;
  if (asks <= 1) return { requestsPerMessage: asks, emptyShare: 0, atOnceShare: 0 };
  if (holdMs === 0) return { requestsPerMessage: asks, emptyShare: 1 - 1 / asks, atOnceShare: 0 };
  const empty = Math.floor(periodMs / (gapMs + holdMs));
  return { requestsPerMessage: 1 + empty, emptyShare: empty / (1 + empty), atOnceShare: 1 };
}
