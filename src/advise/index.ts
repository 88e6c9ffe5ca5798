import type { Advice, Ranked } from '../measurements/advice.ts';
import type { Head, Round } from '../measurements.ts';
import { answerText, featuresOf, reasonsFor } from '../report/index.ts';
import type { RunEvent } from '../run/events.ts';
import { flagOutliers } from '../run/judge/outliers.ts';
import { interleave, interleavePoints } from '../run/order.ts';
import { counted, expectedMs, type Surroundings, tellTurns } from '../run/rounds.ts';
import { type Calibrated, holdSession } from '../run/session.ts';
import { contendersOf, flipsOf, resumes } from './flips.ts';
import type { AdvicePlan, Around } from './plan.ts';
import { criteriaOf, FEWEST_ROUNDS, type Place, rank, rankable } from './ranking.ts';

type Observe = (event: RunEvent) => void;

/** Compares at the workload's own point, then looks around it; an abort or a failure keeps the finished rounds. */
export async function runAdvice(
  plan: AdvicePlan,
  observe: Observe,
  signal: AbortSignal,
  calibrated: Calibrated,
): Promise<Advice> {
  const own: Round[] = [];
  const found = plan.around?.points.map((): Round[] => []) ?? [];
  const head = await holdSession(plan, calibrated, signal, async (surroundings) => {
    await runOwn(plan, own, surroundings, observe);
    const contenders = contendersOf(placesOf(own, plan.transports));
    if (plan.around === null || contenders.length < 2 || signal.aborted) return;
    await runAround(plan.around, contenders, found, surroundings, observe, own.length);
  });
  return adviceOf(plan, flagOutliers(own), found, head);
}

/** What the rounds of the workload's own point, and those around it, come to. */
export function adviceOf(
  plan: AdvicePlan,
  rounds: readonly Round[],
  around: readonly (readonly Round[])[],
  head: Head,
): Advice {
  const { transports, adjusted } = plan;
  const able = rankable(rounds, transports);
  const criteria = criteriaOf(rounds, able);
  const ranking = placesOf(rounds, transports).map((place): Ranked => {
    const whole = { ...place, resumes: resumes(place.transport) };
    return { ...whole, features: featuresOf(place.transport), reasons: reasonsFor(whole) };
  });
  const placed = ranking.map(({ transport }) => transport);
  const best = ranking.length > 1 ? ranking.filter(({ place }) => place === 1) : [];
  return {
    schema: 'rtbench/advice@1',
    ...head,
    transports,
    adjusted,
    criteria,
    ranking,
    unranked: transports
      .filter((transport) => !placed.includes(transport))
      .map((transport) => ({ transport, why: whyUnranked(transport, rounds) })),
    answer: { transports: best.map(({ transport }) => transport), text: answerText(ranking) },
    flips: flipsOf(plan, ranking, criteria, rounds, around),
    rounds,
  };
}

function placesOf(rounds: readonly Round[], transports: readonly string[]): Place[] {
  const able = rankable(rounds, transports);
  return rank(rounds, able, criteriaOf(rounds, able));
}

function whyUnranked(transport: string, rounds: readonly Round[]): string {
  const own = rounds.filter((round) => round.transport === transport);
  const valid = own.filter((round) => round.valid).length;
  return valid < FEWEST_ROUNDS
    ? `${valid} of ${own.length} rounds are valid, and a place takes ${FEWEST_ROUNDS}`
    : 'none of the criteria can be told';
}

function runOwn(
  { transports, scenario, around }: AdvicePlan,
  rounds: Round[],
  surroundings: Surroundings,
  observe: Observe,
): Promise<void> {
  const turns = interleave(transports, scenario);
  const laterMs = around?.expectedMs ?? 0;
  const all = turns.length + (around?.rounds ?? 0);
  observe({ kind: 'planned', rounds: all, expectedMs: expectedMs(turns) + laterMs });
  return tellTurns(turns, surroundings, observe, (index, round) => {
    rounds.push(round);
    const progress = counted(turns, index);
    return { ...progress, remainingMs: progress.remainingMs + laterMs };
  });
}

function runAround(
  { points, rounds: all }: Around,
  contenders: readonly string[],
  found: readonly Round[][],
  surroundings: Surroundings,
  observe: Observe,
  before: number,
): Promise<void> {
  const many = all / points.length / contenders.length;
  const turns = interleavePoints(contenders, points, { rounds: many, seed: points[0]?.scenario.seed ?? 0 });
  const later: Observe = (event) =>
    observe(event.kind === 'planned' ? event : { ...event, index: before + event.index });
  return tellTurns(turns, surroundings, later, (index, round) => {
    const place = points.findIndex(({ scenario }) => scenario === turns[index]?.scenario);
    found[place]?.push(round);
    return counted(turns, index);
  });
}
