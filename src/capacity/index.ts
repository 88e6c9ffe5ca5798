import { messageOf } from '../errors.ts';
import type { Capacity, CapacityStep, Round, TransportCapacity } from '../measurements.ts';
import { scenarioFor } from '../plan/transport-options.ts';
import type { Stage } from '../run/events.ts';
import { runTurns, type Surroundings } from '../run/rounds.ts';
import { type Calibrated, holdSession } from '../run/session.ts';
import { answerOf, bracketOf, type CutShort } from './answer.ts';
import { measureEndpoint } from './endpoint/index.ts';
import { atLoad, type CapacityPlan, type PlannedSearch } from './plan.ts';
import { type Outcome, search, stepsLeft } from './search.ts';
import { makeStep } from './step.ts';

export { type CapacityPlan, makeCapacityPlan, type WrittenCapacity } from './plan.ts';

/** What a search tells while it goes on. */
export type CapacityEvent =
  | { readonly kind: 'round'; readonly transport: string; readonly value: number; readonly stage: Stage }
  | {
      readonly kind: 'step';
      readonly transport: string;
      readonly step: CapacityStep;
      /** At most: how many steps a search takes is not known before it has found both sides. */
      readonly remainingMs: number;
    }
  | { readonly kind: 'endpoint'; readonly transport: string };

type Observe = (event: CapacityEvent) => void;

/** Searches one transport after the other; an abort ends the round under way and keeps the finished steps. */
export async function runCapacity(
  plan: CapacityPlan,
  observe: Observe,
  signal: AbortSignal,
  calibrated: Calibrated,
): Promise<Capacity> {
  const found: Found[] = [];
  const head = await holdSession(plan, calibrated, signal, async (surroundings) => {
    for (const [index, planned] of plan.transports.entries()) {
      if (signal.aborted) break;
      const laterMs = (plan.transports.length - index - 1) * plan.maxTimeMs;
      found.push(await findCapacity(planned, plan, surroundings, withLater(observe, laterMs)));
    }
  });
  return {
    schema: 'rtbench/capacity@1',
    ...head,
    failure: head.failure ?? found.find(({ failure }) => failure !== null)?.failure ?? null,
    slo: plan.slo,
    vary: plan.vary,
    transports: found.map(({ capacity }) => capacity),
  };
}

/** Adds to the time that is left what the searches after this one may take. */
function withLater(observe: Observe, laterMs: number): Observe {
  return (event) =>
    observe(event.kind === 'step' ? { ...event, remainingMs: event.remainingMs + laterMs } : event);
}

/** What one transport came to, and what could not be run of it. */
interface Found {
  readonly capacity: TransportCapacity;
  readonly failure: string | null;
}

async function findCapacity(
  planned: PlannedSearch,
  plan: CapacityPlan,
  surroundings: Surroundings,
  observe: Observe,
): Promise<Found> {
  const { transport } = planned;
  const { signal } = surroundings;
  const { steps, isOver } = await makeSteps(planned, plan, surroundings, observe);
  const cut: CutShort = signal.aborted ? 'interruption' : isOver ? 'time' : null;
  const answer = answerOf(steps, planned, cut);
  const didRun = steps.some(({ latency }) => latency !== null);
  const found = { transport, steps, answer, endpoint: null };
  if (!didRun) return { capacity: found, failure: steps.length === 0 ? null : answer.why };
  if (transport !== 'polling' || signal.aborted) return { capacity: found, failure: null };
  observe({ kind: 'endpoint', transport });
  try {
    const endpoint = await measureEndpoint(scenarioFor(transport, plan.scenario), surroundings);
    return { capacity: { ...found, endpoint }, failure: null };
  } catch (error) {
    return { capacity: found, failure: signal.aborted ? null : messageOf(error) };
  }
}

async function makeSteps(
  { transport, range }: PlannedSearch,
  { scenario, slo, vary, maxTimeMs }: CapacityPlan,
  surroundings: Surroundings,
  observe: Observe,
): Promise<{ readonly steps: CapacityStep[]; readonly isOver: boolean }> {
  const startedAtMs = performance.now();
  const steps: CapacityStep[] = [];
  let longestMs = 0;
  const leftMs = () => maxTimeMs - (performance.now() - startedAtMs);
  const isTimeOver = () => leftMs() < longestMs;
  const searching = search(range);
  for (let next = searching.next(); !next.done; ) {
    if (steps.length > 0 && isTimeOver()) return { steps, isOver: true };
    const { value } = next;
    const load = atLoad(scenarioFor(transport, scenario), vary, value);
    const runRound = async () => {
      const roundAtMs = performance.now();
      const turn = { transport, round: steps.length + 1, scenario: load };
      const round = await runOne(turn, surroundings, (stage) =>
        observe({ kind: 'round', transport, value, stage }),
      );
      longestMs = Math.max(longestMs, performance.now() - roundAtMs);
      return round;
    };
    const step = await makeStep(load, value, slo, runRound, isTimeOver);
    if (step === undefined) break;
    steps.push(step);
    const left = stepsLeft(bracketOf(steps)) ?? Number.POSITIVE_INFINITY;
    const eachMs = (performance.now() - startedAtMs) / steps.length;
    observe({ kind: 'step', transport, step, remainingMs: Math.max(0, Math.min(leftMs(), left * eachMs)) });
    next = searching.next(outcomeOf(step));
  }
  return { steps, isOver: false };
}

const EASY_SHARE = 0.15;

function outcomeOf({ verdict, rounds, serverCoreShare, driverCoreShare }: CapacityStep): Outcome {
  if (verdict !== 'pass') return 'stop';
  const isEasy = rounds === 1 && Math.max(serverCoreShare ?? 1, driverCoreShare ?? 1) < EASY_SHARE;
  return isEasy ? 'easy' : 'pass';
}

/** Runs one round; undefined where it was interrupted. */
async function runOne(
  turn: Parameters<typeof runTurns>[0][number],
  surroundings: Surroundings,
  entered: (stage: Stage) => void,
): Promise<Round | undefined> {
  let finished: Round | undefined;
  try {
    await runTurns([turn], surroundings, {
      entered: (_, stage) => entered(stage),
      finished(_, round) {
        finished = round;
        return true;
      },
    });
  } catch (error) {
    if (!surroundings.signal.aborted) throw error;
  }
  return finished;
}
