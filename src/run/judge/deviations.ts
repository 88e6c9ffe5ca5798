import type { Prediction, Round } from '../../measurements.ts';
import { readingInstantsNs } from '../../timeline.ts';
import { type Evidence, edges } from './evidence.ts';

/** So far a figure that is left to chance may be from its prediction, as a share. */
const MARGIN = 0.1;
/** Standard errors that chance is allowed. */
const SIGMAS = 3;
/** What a process takes to wake up, and how far below the closed forms a clock can be. */
const WAKING_MS = 1;
const CLOCK_MS = 0.5;
/** A heartbeat and its answer, on any connection that stays open. */
const HEARTBEAT_BYTES = 16;

/** What differs from the model by more than can be explained, each in a few words. */
export function deviationsOf(round: Round, model: Prediction, evidence: Evidence): string[] {
  return [
    ...requestDeviations(round, model, evidence),
    ...byteDeviations(round, model, evidence),
    ...latencyDeviations(round, model, evidence),
  ];
}

function requestDeviations(round: Round, model: Prediction, evidence: Evidence): string[] {
  const { requests, emptyResponses, delivery } = round;
  const found: string[] = [];
  if (model.requestsPerMessage !== null) {
    const predicted = model.requestsPerMessage * delivery.arrivedInWindow;
    const chance = chanceExchanges(evidence);
    const most = predicted * (1 + MARGIN) + chance;
    const least = predicted * (1 - MARGIN - batching(round, evidence)) - chance;
    if (requests > most || requests < least) {
      found.push(`${requests} requests in the window, ${Math.round(predicted)} predicted`);
    }
  }
  if (model.emptyShare !== null && requests > 0) {
    const share = emptyResponses / requests;
    if (Math.abs(share - model.emptyShare) > MARGIN + SIGMAS / 2 / Math.sqrt(requests)) {
      found.push(`${percent(share)} of the answers were empty, ${percent(model.emptyShare)} predicted`);
    }
  }
  return found;
}

function byteDeviations(round: Round, model: Prediction, evidence: Evidence): string[] {
  const { bytes, delivery } = round;
  const ways = [
    ['up', bytes.appUp, model.appUpPerMessage],
    ['down', bytes.appDown, model.appDownPerMessage],
  ] as const;
  return ways.flatMap(([way, measured, perMessage]) => {
    if (perMessage === null) return [];
    const predicted = perMessage * delivery.arrivedInWindow;
    const [least, most] = model.bytesExact
      ? exactBytes(predicted, perMessage * strayMessages(round, model, evidence))
      : chanceBytes(predicted, perMessage, round, model, evidence);
    if (measured >= least && measured <= most) return [];
    const figures = [measured, predicted].map((all) => (all / delivery.arrivedInWindow).toFixed(2));
    return [
      `${figures[0]} bytes ${way} a message, ${model.bytesExact ? 'exactly ' : ''}${figures[1]} predicted`,
    ];
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
function strayMessages(round: Round, { requestsPerMessage }: Prediction, evidence: Evidence): number {
  const { delivery, requests, clients, windowMs } = round;
  const predicted = (requestsPerMessage ?? 0) * delivery.arrivedInWindow;
  const crossed = Math.floor((latestMs(round, evidence) * delivery.published) / windowMs + 0.5);
  const miscounted = Math.abs(delivery.arrivedInWindow - delivery.expected);
  return 2 * clients * crossed + miscounted + Math.round(Math.abs(requests - predicted));
}

/** How late the latest message came, or the latest reading was taken. */
function latestMs({ latency, crowdLatency }: Round, { server, timeline }: Evidence): number {
  const [startNs = 0, , endNs = 0] = readingInstantsNs(timeline);
  const [start, , end] = edges(server.readings);
  const readingsMs = [(start.atNs - startNs) / 1e6, (end.atNs - endNs) / 1e6];
  return Math.max(latency.maxMs ?? 0, crowdLatency.maxMs ?? 0, ...readingsMs);
}

function chanceBytes(
  predicted: number,
  perMessage: number,
  round: Round,
  { requestsPerMessage }: Prediction,
  evidence: Evidence,
): [number, number] {
  const asks = requestsPerMessage !== null && requestsPerMessage > 0;
  const perExchange = asks ? perMessage / requestsPerMessage : perMessage + HEARTBEAT_BYTES;
  const chance = predicted * MARGIN + chanceExchanges(evidence) * perExchange;
  return [predicted - chance - (asks ? predicted * batching(round, evidence) : 0), predicted + chance];
}

/** How many exchanges the window may hold more or less, since its ends cut clients at chance places. */
function chanceExchanges({ transport, scenario: { clients } }: Evidence): number {
  // Pollers stand each at a place of its own; all others ask when the same broadcast has answered them.
  return transport.family === 'polling' ? (SIGMAS / 2) * Math.sqrt(clients) : clients;
}

/** A busy machine puts more into one answer than distance alone would: fewer requests, never more. */
function batching(round: Round, evidence: Evidence): number {
  return (busyMs(round, evidence) * round.delivery.published) / round.windowMs;
}

function latencyDeviations(round: Round, model: Prediction, evidence: Evidence): string[] {
  const measuredMs = round.latency.meanMs;
  const predictedMs = model.latencyMeanMs;
  if (measuredMs === null || predictedMs === null) return [];
  // Any other trouble explains it already; that samples are few is no trouble for a mean.
  if (round.flags.some(({ code }) => code !== 'too-few-samples')) return [];
  const chanceMs = chanceOfMeanMs(round, model, evidence);
  const lateMs = busyMs(round, evidence) + evidence.server.slipP90Ms + (round.link?.lateP99Ms ?? 0);
  const mostMs = predictedMs * (1 + MARGIN) + lateMs + chanceMs;
  // Who waits for whom within a broadcast is an estimate; distance and intervals are not.
  const leastMs =
    (predictedMs - serverUs(round) * (round.clients / 1000)) * (1 - MARGIN) - CLOCK_MS - chanceMs;
  if (measuredMs >= leastMs && measuredMs <= mostMs) return [];
  return [`mean latency ${measuredMs.toFixed(1)} ms, ${predictedMs.toFixed(1)} ms predicted`];
}

/** How far a window's mean may be off by the places that its messages happen to have in gaps and intervals. */
function chanceOfMeanMs(
  { windowMs, delivery }: Round,
  model: Prediction,
  { transport, scenario }: Evidence,
): number {
  const { latencyMeanMs, latencyP50Ms, latencyP99Ms, requestsPerMessage } = model;
  const rangeMs =
    latencyP99Ms === null || latencyP50Ms === null ? latencyMeanMs : latencyP99Ms - latencyP50Ms;
  // A uniform wait deviates by 0.29 of its whole range, which is 0.59 of the range from p50 to p99.
  const deviationMs = 0.6 * (rangeMs ?? 0);
  const places = transport.family === 'polling' ? scenario.witnesses : 1;
  const cycles = Math.max(1, (requestsPerMessage ?? 0) * delivery.published);
  const errorMs = deviationMs * Math.sqrt((1 / cycles ** 2 + 1 / delivery.published) / places);
  // Even messages and even gaps may keep step with each other for a whole window.
  const inStep =
    scenario.arrivals === 'periodic' && (requestsPerMessage ?? 0) > 0 && (requestsPerMessage ?? 0) < 1;
  return SIGMAS * errorMs + (inStep ? windowMs / delivery.published / 2 / Math.sqrt(places) : 0);
}

/** What server and clients need for one whole broadcast, and to wake up for it. */
function busyMs(round: Round, { scenario: { clients, witnesses } }: Evidence): number {
  const { driver, delivery } = round;
  const driven = clients > witnesses ? (clients - witnesses) / clients : 1;
  const driverUs = driver.cpuUs / (delivery.arrivedInWindow * driven);
  return (clients * (serverUs(round) + driverUs)) / 1000 + WAKING_MS;
}

function serverUs({ server, delivery }: Round): number {
  return (server.cpuUserUs + server.cpuSystemUs) / delivery.arrivedInWindow;
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
