import type { Bound, CapacityStep, ResolvedScenario, Round } from '../measurements.ts';
import { scenarioFor } from '../plan/transport-options.ts';
import type { Stage } from '../run/events.ts';
import type { Variation } from '../run/processes.ts';
import { runTurns, type Surroundings } from '../run/rounds.ts';
import { answerOf, bracketOf, type CutShort, loadToDouble } from './answer.ts';
import { edgeAfter } from './edge.ts';
import { atLoad, type CapacityPlan, type PlannedSearch } from './plan.ts';
import { search, stepsLeft } from './search.ts';
import { makeStep } from './step.ts';

/** What is told of one transport's search. */
export interface ClimbObserver {
  entered(value: number, stage: Stage): void;
  stepped(step: CapacityStep, remainingMs: number): void;
}

/** The loads that were tried, and why there are no more of them. */
export interface Climbed {
  readonly steps: CapacityStep[];
  readonly cut: CutShort;
  readonly doubled: CapacityStep | null;
}

/** A transport's search as it goes on: its clock, and how to make a step of it. */
export interface Climbing {
  leftMs(): number;
  isTimeOver(): boolean;
  stepAt(value: number, variation?: Variation): Promise<CapacityStep | undefined>;
}

/** Tries loads of a transport in fresh processes until the edge is known. */
export function climb(
  planned: PlannedSearch,
  plan: CapacityPlan,
  surroundings: Surroundings,
  observer: ClimbObserver,
): Promise<Climbed> {
  const climbing = begin(planned, plan, surroundings, observer);
  return tryLoads(planned, plan.slo, climbing, observer, surroundings.signal);
}

/** Tries loads until the edge is known, and one beyond it again with twice the driver processes. */
export async function tryLoads(
  planned: Pick<PlannedSearch, 'range' | 'end'>,
  slo: readonly Bound[],
  climbing: Climbing,
  observer: Pick<ClimbObserver, 'stepped'>,
  signal: AbortSignal,
): Promise<Climbed> {
  const { steps, isOver } = await makeSteps(planned, slo, climbing, observer);
  const cut: CutShort = signal.aborted ? 'interruption' : isOver ? 'time' : null;
  const value = loadToDouble(steps, answerOf(steps, planned, cut));
  const drivers = steps.find((step) => step.value === value)?.drivers ?? 0;
  if (value === null || drivers === 0 || signal.aborted || climbing.isTimeOver()) {
    return { steps, cut, doubled: null };
  }
  const doubled = await climbing.stepAt(value, { driverProcesses: 2 * drivers });
  return { steps, cut, doubled: doubled ?? null };
}

async function makeSteps(
  { range }: Pick<PlannedSearch, 'range'>,
  slo: readonly Bound[],
  { leftMs, isTimeOver, stepAt }: Climbing,
  { stepped }: Pick<ClimbObserver, 'stepped'>,
): Promise<{ readonly steps: CapacityStep[]; readonly isOver: boolean }> {
  const fromMs = leftMs();
  const steps: CapacityStep[] = [];
  const searching = search(range);
  for (let next = searching.next(); !next.done; ) {
    if (steps.length > 0 && isTimeOver()) return { steps, isOver: true };
    const step = await stepAt(next.value);
    if (step === undefined) break;
    steps.push(step);
    const left = stepsLeft(bracketOf(steps)) ?? Number.POSITIVE_INFINITY;
    const eachMs = (fromMs - leftMs()) / steps.length;
    // The one with twice the drivers comes after them.
    stepped(step, Math.max(0, Math.min(leftMs(), (left + 1) * eachMs)));
    next = searching.next({ passed: step.verdict === 'pass', edge: edgeAfter(steps, slo) });
  }
  return { steps, isOver: false };
}

function begin(
  { transport }: PlannedSearch,
  { scenario, slo, vary, maxTimeMs }: CapacityPlan,
  surroundings: Surroundings,
  { entered }: ClimbObserver,
): Climbing {
  const endMs = performance.now() + maxTimeMs;
  let [longestMs, rounds] = [0, 0];
  const leftMs = () => endMs - performance.now();
  const isTimeOver = () => leftMs() < longestMs;
  return {
    leftMs,
    isTimeOver,
    stepAt(value, variation) {
      const load = atLoad(scenarioFor(transport, scenario), vary, value);
      const runRound = async () => {
        const startMs = performance.now();
        rounds += 1;
        const turn = { transport, round: rounds, scenario: load };
        // What a lighter load costs is not asked here.
        const whole = { withoutLight: true, ...variation };
        const round = await runOne(turn, surroundings, (stage) => entered(value, stage), whole);
        longestMs = Math.max(longestMs, performance.now() - startMs);
        return round;
      };
      return makeStep(load, value, slo, runRound, isTimeOver);
    },
  };
}

/** Runs one round; undefined where it was interrupted. */
async function runOne(
  turn: { readonly transport: string; readonly round: number; readonly scenario: ResolvedScenario },
  surroundings: Surroundings,
  entered: (stage: Stage) => void,
  variation: Variation,
): Promise<Round | undefined> {
  let finished: Round | undefined;
  const observer = {
    entered: (_: number, stage: Stage) => entered(stage),
    finished(_: number, round: Round) {
      finished = round;
      return true;
    },
  };
  try {
    await runTurns([turn], surroundings, observer, variation);
  } catch (error) {
    if (!surroundings.signal.aborted) throw error;
  }
  return finished;
}
