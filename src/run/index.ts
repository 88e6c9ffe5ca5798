import { checkHistory } from '../applications/chat/history/index.ts';
import { withoutPassword } from '../applications/chat/history/url.ts';
import { messageOf } from '../errors.ts';
import { describeMachine } from '../instrument/machine.ts';
import type { Report, Round } from '../measurements.ts';
import type { Plan } from '../plan/plan.ts';
import { compareRounds, summarize } from '../stats/index.ts';
import type { RunEvent } from './events.ts';
import { reachedBy } from './goal.ts';
import { flagOutliers } from './judge/outliers.ts';
import { runRounds } from './rounds.ts';
import { openSurroundings } from './surroundings.ts';

/** Runs a plan round by round; an abort or a failure ends the round under way and keeps the finished ones. */
export async function runPlan(
  plan: Plan,
  observe: (event: RunEvent) => void,
  signal: AbortSignal,
  /** What the report says of the instrument itself. */
  calibrated: Pick<Report, 'calibration' | 'calibrationMissing'> = {
    calibration: null,
    calibrationMissing: null,
  },
): Promise<Report> {
  const { scenario } = plan;
  const startedAt = new Date().toISOString();
  await checkHistory(scenario);
  const { surroundings, missing, close } = await openSurroundings(plan.isolate, scenario.tls, signal);
  const finished: Round[] = [];
  let failure: string | null = null;
  try {
    await runRounds(plan, finished, surroundings, observe);
  } catch (error) {
    if (!signal.aborted) failure = messageOf(error);
  } finally {
    await close();
  }
  const rounds = flagOutliers(finished);
  const precision = reachedBy(plan, rounds);
  return {
    schema: 'rtbench/report@1',
    startedAt,
    finishedAt: new Date().toISOString(),
    interrupted: signal.aborted,
    failure,
    command: plan.command.map(withoutPassword),
    ...describeMachine(surroundings.pinning, missing),
    ...calibrated,
    // Where nobody counted them beforehand, the rounds are those that were run.
    scenario: {
      ...scenario,
      history: withoutPassword(scenario.history),
      ...(precision === null ? {} : { rounds: rounds.at(-1)?.round ?? 0 }),
    },
    precision,
    rounds,
    summaries: summarize(rounds, plan.transports),
    comparisons: compareRounds(rounds, plan.transports),
  };
}
