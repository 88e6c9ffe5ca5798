import type { Family } from '../../contracts.ts';
import type { Prediction, Round } from '../../measurements.ts';
import { driverUsPerMessage } from '../../stats/index.ts';
import { percent } from './words.ts';

/** So far a figure that is left to chance may be from its prediction, as a share. */
const MARGIN = 0.1;
/** Standard errors that chance is allowed. */
const SIGMAS = 3;
/** What a process takes to wake up, and how far below the closed forms a clock can be. */
const WAKING_MS = 1;
const CLOCK_MS = 0.5;
/** A heartbeat and its answer, on any connection that stays open. */
const HEARTBEAT_BYTES = 16;

/** What else must be known to tell chance and lateness from error. */
export interface Circumstances {
  readonly family: Family;
  readonly arrivals: 'periodic' | 'poisson';
  readonly witnesses: number;
  /** How late nine of ten messages were published at most. */
  readonly slipP90Ms: number;
  /** How late the window's counters were read at most. */
  readonly readLateMs: number;
}

/** What differs from the model by more than can be explained, each in a few words. */
export function deviationsOf(round: Round, model: Prediction, around: Circumstances): string[] {
  return [
    ...requestDeviations(round, model, around),
    ...byteDeviations(round, model, around),
    ...latencyDeviations(round, model, around),
  ];
}

function requestDeviations(round: Round, model: Prediction, around: Circumstances): string[] {
  const { requests, emptyResponses, delivery } = round;
  const found: string[] = [];
  if (model.requestsPerMessage !== null) {
    const predicted = model.requestsPerMessage * delivery.arrivedInWindow;
    const chance = chanceExchanges(round, around);
    const share = chanceShare(round, around);
    const most = predicted * (1 + share) + chance;
    const least = predicted * (1 - share - batching(round)) - chance;
    if (requests > most || requests < least) {
      found.push(`${requests} requests in the window, ${Math.round(predicted)} predicted`);
    }
  }
  if (model.emptyShare !== null && requests > 0) {
    const share = emptyResponses / requests;
    if (Math.abs(share - model.emptyShare) > chanceShare(round, around)) {
      found.push(`${percent(share)} of the answers were empty, ${percent(model.emptyShare)} predicted`);
    }
  }
  return found;
}

function byteDeviations(round: Round, model: Prediction, around: Circumstances): string[] {
  const { bytes, delivery } = round;
  const ways = [
    ['up', bytes.appUp, model.appUpPerMessage],
    ['down', bytes.appDown, model.appDownPerMessage],
  ] as const;
  return ways.flatMap(([way, measured, perMessage]) => {
    if (perMessage === null) return [];
    const predicted = perMessage * delivery.arrivedInWindow;
    const [least, most] = model.bytesExact
      ? exactBytes(predicted, perMessage * strayMessages(round, model, around))
      : chanceBytes(predicted, perMessage, round, model, around);
    if (measured >= least && measured <= most) return [];
    const exactly = model.bytesExact ? 'exactly ' : '';
    return [`${measured} bytes ${way} in the window, ${exactly}${Math.round(predicted)} predicted`];
  });
}

function exactBytes(predicted: number, stray: number): [number, number] {
  const rounding = 0.5;
  return [predicted - stray - rounding, predicted + stray + rounding];
}

/**
 * What a stall pushed over an end of the window stands on one side of the account only. Messages are due half a
 * period away from the ends, so only one that is later than that can cross; on a quiet machine none is.
 */
function strayMessages(round: Round, { requestsPerMessage }: Prediction, around: Circumstances): number {
  const { delivery, requests, clients, windowMs } = round;
  const predicted = (requestsPerMessage ?? 0) * delivery.arrivedInWindow;
  const latestMs = Math.max(round.latency.maxMs ?? 0, round.crowdLatency.maxMs ?? 0, around.readLateMs);
  const crossed = Math.floor((latestMs * delivery.published) / windowMs + 0.5);
  const miscounted = Math.abs(delivery.arrivedInWindow - delivery.expected);
  return 2 * clients * crossed + miscounted + Math.round(Math.abs(requests - predicted));
}

function chanceBytes(
  predicted: number,
  perMessage: number,
  round: Round,
  { requestsPerMessage }: Prediction,
  around: Circumstances,
): [number, number] {
  const asks = requestsPerMessage !== null && requestsPerMessage > 0;
  const perExchange = asks ? perMessage / requestsPerMessage : perMessage + HEARTBEAT_BYTES;
  const share = asks ? chanceShare(round, around) : MARGIN;
  const chance = predicted * share + chanceExchanges(round, around) * perExchange;
  return [predicted - chance - (asks ? predicted * batching(round) : 0), predicted + chance];
}

/** How many exchanges the window may hold more or less, since its ends cut clients at chance places. */
function chanceExchanges({ clients }: Round, { family }: Circumstances): number {
  // Pollers stand each at a place of its own; all others ask when the same broadcast has answered them.
  return family === 'polling' ? (SIGMAS / 2) * Math.sqrt(clients) : clients;
}

/** How far a share may be off; messages at random places fall together more or less often than they should. */
function chanceShare({ delivery }: Round, { arrivals }: Circumstances): number {
  return MARGIN + (arrivals === 'poisson' ? SIGMAS / 2 / Math.sqrt(delivery.published) : 0);
}

/** A busy machine puts more into one answer than distance alone would: fewer requests, never more. */
function batching(round: Round): number {
  return (busyMs(round) * round.delivery.published) / round.windowMs;
}

function latencyDeviations(round: Round, model: Prediction, around: Circumstances): string[] {
  const measuredMs = round.latency.meanMs;
  const predictedMs = model.latencyMeanMs;
  if (measuredMs === null || predictedMs === null) return [];
  // Any other trouble explains it already; that samples are few is no trouble for a mean.
  if (round.flags.some(({ code }) => code !== 'too-few-samples')) return [];
  const chanceMs = chanceOfMeanMs(round, model, around);
  const lateMs = busyMs(round) + around.slipP90Ms + (round.link?.lateP99Ms ?? 0);
  const mostMs = predictedMs * (1 + MARGIN) + lateMs + chanceMs;
  // Who waits for whom within a broadcast is an estimate; distance and intervals are not.
  const leastMs =
    (predictedMs - serverUs(round) * (round.clients / 2000)) * (1 - MARGIN) - CLOCK_MS - chanceMs;
  if (measuredMs >= leastMs && measuredMs <= mostMs) return [];
  return [`mean latency ${measuredMs.toFixed(1)} ms, ${predictedMs.toFixed(1)} ms predicted`];
}

/** How far a window's mean may be off by the places that its messages happen to have in gaps and intervals. */
function chanceOfMeanMs(
  { windowMs, delivery }: Round,
  model: Prediction,
  { family, arrivals, witnesses }: Circumstances,
): number {
  const { latencyMeanMs, latencyP50Ms, latencyP99Ms, requestsPerMessage } = model;
  const rangeMs =
    latencyP99Ms === null || latencyP50Ms === null ? latencyMeanMs : latencyP99Ms - latencyP50Ms;
  // A uniform wait deviates by 0.29 of its whole range, which is 0.59 of the range from p50 to p99.
  const deviationMs = 0.6 * (rangeMs ?? 0);
  const places = family === 'polling' ? witnesses : 1;
  const cycles = Math.max(1, (requestsPerMessage ?? 0) * delivery.published);
  const errorMs = deviationMs * Math.sqrt((1 / cycles ** 2 + 1 / delivery.published) / places);
  // Even messages and even gaps may keep step with each other for a whole window.
  const inStep = arrivals === 'periodic' && (requestsPerMessage ?? 0) > 0 && (requestsPerMessage ?? 0) < 1;
  return SIGMAS * errorMs + (inStep ? windowMs / delivery.published / 2 / Math.sqrt(places) : 0);
}

/** What server and clients need for one whole broadcast, and to wake up for it. */
function busyMs(round: Round): number {
  return (round.clients * (serverUs(round) + (driverUsPerMessage(round) ?? 0))) / 1000 + WAKING_MS;
}

function serverUs({ server, delivery }: Round): number {
  return (server.cpuUserUs + server.cpuSystemUs) / delivery.arrivedInWindow;
}
