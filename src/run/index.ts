import { messageOf } from '../errors.ts';
import { makeCertificate } from '../instrument/certificate.ts';
import { describeMachine } from '../instrument/machine.ts';
import { choosePinning } from '../instrument/pinning.ts';
import { startYardstick } from '../instrument/yardstick.ts';
import type { Report, Round } from '../measurements.ts';
import type { Plan } from '../plan/plan.ts';
import { compareRounds, summarize } from '../stats/index.ts';
import type { RunEvent } from './events.ts';
import { reachedBy } from './goal.ts';
import { flagOutliers } from './judge/outliers.ts';
import { runRounds } from './rounds.ts';

/** Runs a plan round by round; an abort or a failure ends the round under way and keeps the finished ones. */
export async function runPlan(
  plan: Plan,
  observe: (event: RunEvent) => void,
  signal: AbortSignal,
): Promise<Report> {
  const { scenario } = plan;
  const startedAt = new Date().toISOString();
  const pinning = choosePinning();
  const yardstick = await startYardstick(pinning?.server);
  const certificate = scenario.tls ? makeCertificate() : null;
  const finished: Round[] = [];
  let failure: string | null = null;
  try {
    await runRounds(plan, finished, { pinning, certificate, yardstick, signal }, observe);
  } catch (error) {
    if (!signal.aborted) failure = messageOf(error);
  } finally {
    await yardstick.end();
  }
  const rounds = flagOutliers(finished);
  const precision = reachedBy(plan, rounds);
  return {
    schema: 'rtbench/report@1',
    startedAt,
    finishedAt: new Date().toISOString(),
    interrupted: signal.aborted,
    failure,
    command: plan.command,
    ...describeMachine(pinning),
    calibration: null,
    calibrationMissing: null,
    // Where nobody counted them beforehand, the rounds are those that were run.
    scenario: precision === null ? scenario : { ...scenario, rounds: rounds.at(-1)?.round ?? 0 },
    precision,
    rounds,
    summaries: summarize(rounds, plan.transports),
    comparisons: compareRounds(rounds, plan.transports),
  };
}
