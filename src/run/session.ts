import { checkHistory } from '../applications/chat/history/index.ts';
import { withoutPassword } from '../applications/chat/history/url.ts';
import { checkBalancer } from '../cluster/balancer/software.ts';
import { checkRedis } from '../cluster/check-redis.ts';
import { messageOf } from '../errors.ts';
import { describeMachine } from '../instrument/machine.ts';
import type { Head } from '../measurements.ts';
import type { Plan } from '../plan/plan.ts';
import type { Surroundings } from './rounds.ts';
import { openSurroundings } from './surroundings.ts';

/** What is known of the instrument itself. */
export type Calibrated = Pick<Head, 'calibration' | 'calibrationMissing'>;

/** Measures in surroundings of its own and closes them; an abort or a failure only ends the measuring. */
export async function holdSession(
  { command, isolate, scenario }: Pick<Plan, 'command' | 'isolate' | 'scenario'>,
  calibrated: Calibrated,
  signal: AbortSignal,
  measure: (surroundings: Surroundings) => Promise<void>,
): Promise<Head> {
  const startedAt = new Date().toISOString();
  checkBalancer(scenario);
  await checkHistory(scenario);
  await checkRedis(scenario);
  const { surroundings, missing, close } = await openSurroundings(isolate, scenario.tls, signal);
  let failure: string | null = null;
  try {
    await measure(surroundings);
  } catch (error) {
    if (!signal.aborted) failure = messageOf(error);
  } finally {
    await close();
  }
  return {
    startedAt,
    finishedAt: new Date().toISOString(),
    interrupted: signal.aborted,
    failure,
    command: command.map(withoutPassword),
    ...describeMachine(surroundings.pinning, missing),
    ...calibrated,
    scenario: {
      ...scenario,
      history: withoutPassword(scenario.history),
      redis: withoutPassword(scenario.redis),
    },
  };
}
