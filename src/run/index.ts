import type { Report, Round } from '../measurements.ts';
import type { Plan } from '../plan/plan.ts';
import { compareRounds, summarize } from '../stats/index.ts';
import type { RunEvent } from './events.ts';
import { reachedBy } from './goal.ts';
import { flagOutliers } from './judge/outliers.ts';
import { runRounds } from './rounds.ts';
import { type Calibrated, holdSession } from './session.ts';

/** Runs a plan round by round; an abort or a failure ends the round under way and keeps the finished ones. */
export async function runPlan(
  plan: Plan,
  observe: (event: RunEvent) => void,
  signal: AbortSignal,
  calibrated: Calibrated = { calibration: null, calibrationMissing: null },
): Promise<Report> {
  const finished: Round[] = [];
  const head = await holdSession(plan, calibrated, signal, (surroundings) =>
    runRounds(plan, finished, surroundings, observe),
  );
  const { scenario } = head;
  const rounds = flagOutliers(finished);
  const precision = reachedBy(plan, rounds);
  return {
    schema: 'rtbench/report@1',
    ...head,
    // Where nobody counted them beforehand, the rounds are those that were run.
    scenario: precision === null ? scenario : { ...scenario, rounds: rounds.at(-1)?.round ?? 0 },
    precision,
    rounds,
    summaries: summarize(rounds, plan.transports),
    comparisons: compareRounds(rounds, plan.transports),
    gates: [],
    baseline: null,
  };
}
