import type { Link, Prediction, Workload } from '../../contracts.ts';
import { pushedPackets } from './packets.ts';
import { queueWait, UNKNOWN_WAIT } from './waits.ts';
import { broadcastMs, heartbeatsIn, isCertain, meanBroadcastMs, passingMs, ratePerMs } from './work.ts';

/** What a transport puts on its open connection, framing included. */
export interface Pushing {
  /** Frames or chunks of one message. */
  readonly frames: readonly number[];
  /** One sign of life and its answer. */
  readonly heartbeat: { readonly up: number; readonly down: number };
}

/** The closed forms of a connection that stays open: each message is sent once, as soon as it is there. */
export function predictPush(work: Workload, link: Link, { frames, heartbeat }: Pushing): Prediction {
  const bytes = frames.reduce((sum, frame) => sum + frame, 0);
  const heartbeats = heartbeatsIn(work) / work.messages;
  const travelMs = link.rttMs / 2 + passingMs(bytes, link);
  const wait = keepApart(work, link)
    ? queueWait(work.arrivals, ratePerMs(work), passingMs(bytes, link), work.windowMs)
    : UNKNOWN_WAIT;
  const quantile = (share: number) => {
    const waited = wait.quantileMs(share);
    const jitter = link.jitterMs * (2 * share - 1);
    return waited === null ? null : travelMs + jitter + waited + share * broadcastMs(work);
  };
  return {
    requestsPerMessage: 0,
    emptyShare: null,
    appUpPerMessage: heartbeats * heartbeat.up,
    appDownPerMessage: bytes + heartbeats * heartbeat.down,
    packetsPerMessage:
      frames.reduce((sum, frame) => sum + pushedPackets(frame), 0) +
      heartbeats * pushedPackets(heartbeat.down),
    bytesExact: heartbeats === 0 && isCertain(work, link, bytes),
    latencyMeanMs: wait.meanMs === null ? null : travelMs + wait.meanMs + meanBroadcastMs(work),
    latencyP50Ms: quantile(0.5),
    latencyP99Ms: quantile(0.99),
  };
}

/** Chance may bring so large a share of the messages nearer to each other than the jitter. */
const MOST_NEAR = 0.1;

/** Parts keep their order: those nearer than the jitter hold each other back. */
function keepApart(work: Workload, { jitterMs }: Link): boolean {
  const near = ratePerMs(work) * 2 * jitterMs;
  return near < (work.arrivals === 'periodic' ? 1 : MOST_NEAR);
}
