import { messageOf } from '../errors.ts';
import type { Capacity, CapacityStep, TransportCapacity } from '../measurements.ts';
import { scenarioFor } from '../plan/transport-options.ts';
import type { Stage } from '../run/events.ts';
import type { Surroundings } from '../run/rounds.ts';
import { type Calibrated, holdSession } from '../run/session.ts';
import { answerOf } from './answer.ts';
import { climb } from './climb.ts';
import { measureEndpoint } from './endpoint/index.ts';
import type { CapacityPlan, PlannedSearch } from './plan.ts';

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
  const { steps, cut, doubled } = await climb(planned, plan, surroundings, {
    entered: (value, stage) => observe({ kind: 'round', transport, value, stage }),
    stepped: (step, remainingMs) => observe({ kind: 'step', transport, step, remainingMs }),
  });
  const answer = answerOf(steps, planned, cut, doubled);
  const didRun = steps.some(({ latency }) => latency !== null);
  const found = { transport, steps, doubled, answer, endpoint: null };
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
