import { messageOf, RtbenchError } from '../errors.ts';
import { makeCertificate } from '../instrument/certificate.ts';
import { describeMachine } from '../instrument/machine.ts';
import { choosePinning } from '../instrument/pinning.ts';
import { type Isolation, isolate } from '../instrument/wire/namespace.ts';
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
  /** What the report says of the instrument itself. */
  calibrated: Pick<Report, 'calibration' | 'calibrationMissing'> = {
    calibration: null,
    calibrationMissing: null,
  },
): Promise<Report> {
  const { scenario } = plan;
  const startedAt = new Date().toISOString();
  const { namespace, missing } = await isolation(plan);
  const pinning = choosePinning();
  const yardstick = await startYardstick(pinning?.server);
  const certificate = scenario.tls ? makeCertificate() : null;
  const finished: Round[] = [];
  let failure: string | null = null;
  try {
    await runRounds(plan, finished, { pinning, namespace, certificate, yardstick, signal }, observe);
  } catch (error) {
    if (!signal.aborted) failure = messageOf(error);
  } finally {
    await Promise.all([yardstick.end(), namespace?.end()]);
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
    ...describeMachine(pinning, missing),
    ...calibrated,
    // Where nobody counted them beforehand, the rounds are those that were run.
    scenario: precision === null ? scenario : { ...scenario, rounds: rounds.at(-1)?.round ?? 0 },
    precision,
    rounds,
    summaries: summarize(rounds, plan.transports),
    comparisons: compareRounds(rounds, plan.transports),
  };
}

async function isolation({ isolate: wanted }: Plan): Promise<Isolation> {
  if (wanted === 'off') return { namespace: null, missing: 'not wanted (--isolate off)' };
  const found = await isolate();
  if (wanted === 'on' && found.namespace === null) {
    throw new RtbenchError('usage', `No private network for --isolate on: ${found.missing}`);
  }
  return found;
}
