import type { Link, Prediction, Workload } from '../../contracts.ts';
import { type Cycle, cycleOf } from './cycle.ts';
import { exchangePackets, singlePackets } from './packets.ts';
import { gapWait, queueWait, type Wait } from './waits.ts';
import { broadcastMs, isCertain, meanBroadcastMs, passingMs, ratePerMs } from './work.ts';

/** How a transport asks, and what a request and its answer weigh. */
export interface Asking {
  /** From an answer to the next request. */
  readonly pauseMs: number;
  /** How long a request without news is held; 0 where it is answered at once. */
  readonly holdMs: number;
  /** All that is pending in one answer, or one message in each. */
  readonly batched: boolean;
  readonly requestBytes: number;
  readonly emptyBytes: number;
  /** An answer with so many messages, which need not be a whole number. */
  answerBytes(messages: number): number;
  /** Each request takes a connection of its own. */
  readonly single?: boolean;
}

/** The closed forms of asking again and again. */
export function predictAsking(work: Workload, link: Link, asking: Asking): Prediction {
  const rate = ratePerMs(work);
  const gapMs = gapOf(work, link, asking);
  const cycle = cycleAt(work, asking, gapMs);
  const answers = cycle.requestsPerMessage * (1 - cycle.emptyShare);
  const down =
    answers * asking.answerBytes(1 / answers) + (cycle.requestsPerMessage - answers) * asking.emptyBytes;
  const bytesOfOne = asking.requestBytes + asking.answerBytes(1);
  const heldMs = 1 / rate - gapMs;
  return {
    requestsPerMessage: cycle.requestsPerMessage,
    emptyShare: cycle.emptyShare,
    appUpPerMessage: cycle.requestsPerMessage * asking.requestBytes,
    appDownPerMessage: down,
    packetsPerMessage: cycle.requestsPerMessage * packetsOf(asking, down / answers, heldMs),
    bytesExact:
      asking.holdMs > 1 / rate && cycle.requestsPerMessage === 1 && isCertain(work, link, bytesOfOne),
    ...latencyOf(work, link, asking, waitOf(work, link, asking, cycle, gapMs)),
  };
}

/** From an answer's departure to the next request's arrival. Who holds requests has a crowd that asks all at once. */
export function gapOf(work: Workload, link: Link, asking: Asking): number {
  const passing = passingMs(asking.requestBytes, link) + passingMs(asking.answerBytes(1), link);
  return asking.pauseMs + link.rttMs + passing + crowdMs(work, asking);
}

function cycleAt(work: Workload, { batched, holdMs }: Asking, gapMs: number): Cycle {
  // One message an answer: a request for each, however many wait.
  if (!batched) return { requestsPerMessage: 1, emptyShare: 0, atOnceShare: 1 };
  return cycleOf(work.arrivals, ratePerMs(work), gapMs, holdMs);
}

function waitOf(work: Workload, { jitterMs }: Link, { batched }: Asking, cycle: Cycle, gapMs: number): Wait {
  if (!batched) return queueWait(work.arrivals, ratePerMs(work), gapMs, work.windowMs);
  // Two ways, each anywhere within the jitter.
  const spread = jitterMs === 0 ? 0 : (2 * jitterMs ** 2) / 3 / gapMs ** 2;
  return gapWait(gapMs, cycle.atOnceShare, spread);
}

function latencyOf(work: Workload, link: Link, asking: Asking, wait: Wait) {
  const travelMs = link.rttMs / 2 + passingMs(asking.answerBytes(1), link);
  const quantile = (share: number) => {
    const waited = link.jitterMs > 0 ? null : wait.quantileMs(share);
    return waited === null
      ? null
      : travelMs + waited + (asking.holdMs > 0 ? share * ANSWERING_SHARE * broadcastMs(work) : 0);
  };
  return {
    latencyMeanMs: wait.meanMs === null ? null : travelMs + wait.meanMs + crowdMs(work, asking),
    latencyP50Ms: quantile(0.5),
    latencyP99Ms: quantile(0.99),
  };
}

/** Held requests are answered all at once, one after the other, before any is asked again. */
function crowdMs(work: Workload, { holdMs }: Asking): number {
  return holdMs > 0 ? ANSWERING_SHARE * meanBroadcastMs(work) : 0;
}

/** Of what one exchange costs the server, about half goes into the answer, and half into the next request. */
const ANSWERING_SHARE = 0.5;

function packetsOf(
  { single, requestBytes, holdMs, pauseMs }: Asking,
  answerBytes: number,
  heldMs: number,
): number {
  if (single) return singlePackets(requestBytes, answerBytes);
  return exchangePackets(requestBytes, answerBytes, holdMs > 0 ? heldMs : pauseMs);
}
