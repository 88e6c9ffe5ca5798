import type { Workload } from '../../contracts.ts';
import type { Prediction, Round } from '../../measurements.ts';
import { transportOptions } from '../../plan/transport-options.ts';
import { keepAliveMs } from '../../server/hosting.ts';
import { readingInstantsNs } from '../../timeline.ts';
import { type Circumstances, deviationsOf } from './deviations.ts';
import { type Evidence, edges } from './evidence.ts';

/** Puts beside a round what the closed forms say for it, and a flag where the two disagree. */
export function besideModel(evidence: Evidence, round: Round): Round {
  const model = predictionFor(evidence, round);
  if (model === null) return round;
  const deviations = deviationsOf(round, model, circumstancesOf(evidence));
  if (deviations.length === 0) return { ...round, model };
  const message = deviations.join('; ');
  return { ...round, model, flags: [...round.flags, { code: 'model-deviates', message, fatal: false }] };
}

function predictionFor({ transport, scenario, server }: Evidence, round: Round): Prediction | null {
  const { published, arrivedInWindow } = round.delivery;
  // The closed forms know of one room and one server that speaks, at one rate, with nothing in the way or going wrong.
  if (
    scenario.balancer !== 'none' ||
    scenario.application !== 'broadcast' ||
    scenario.phases.length > 0 ||
    scenario.faults.length > 0 ||
    scenario.nodes > 1 ||
    transport.model === undefined ||
    published === 0 ||
    arrivedInWindow === 0
  )
    return null;
  const options = transportOptions(scenario);
  const work: Workload = {
    clients: scenario.clients,
    ratePerSecond: (published * 1000) / scenario.durationMs,
    arrivals: scenario.arrivals,
    payloadBytes: scenario.payloadBytes,
    payloadKind: scenario.payloadKind,
    firstNumber: server.firstNumber,
    messages: published,
    windowMs: scenario.durationMs,
    options,
    serverUsPerMessage: (round.server.cpuUserUs + round.server.cpuSystemUs) / arrivedInWindow,
    serverAgeMs: server.ageMs,
    keepAliveMs: keepAliveMs(options),
  };
  // What the relay is late by, each way, is known as well as the delay it was asked for.
  const link = { ...scenario, rttMs: scenario.rttMs + 2 * (round.link?.lateP50Ms ?? 0) };
  const prediction = transport.model(work, link);
  // TLS puts its own records around everything, and the models know nothing of them.
  if (!scenario.tls) return prediction;
  const unknown = { appUpPerMessage: null, appDownPerMessage: null, packetsPerMessage: null };
  return { ...prediction, ...unknown, bytesExact: false };
}

function circumstancesOf({ transport, scenario, server, timeline }: Evidence): Circumstances {
  const [startNs = 0, , endNs = 0] = readingInstantsNs(timeline);
  const [start, , end] = edges(server.readings);
  return {
    family: transport.family,
    arrivals: scenario.arrivals,
    witnesses: scenario.witnesses,
    slipP90Ms: server.said.slipP90Ms,
    readLateMs: Math.max(start.atNs - startNs, end.atNs - endNs) / 1e6,
  };
}
