import { nowNs } from '../../instrument/clock.ts';
import type { ResolvedScenario, ServerCost } from '../../measurements.ts';
import { cpuUs } from '../judge/evidence.ts';
import type { RoundProcesses } from '../processes.ts';

const LONGEST_MS = 3000;
/** What the crowd before has left behind is cleared away meanwhile. */
const SETTLE_MS = 300;

/** What the server spends without a single client: its timers and those that measure it. */
export async function measureAlone(
  { nodes }: RoundProcesses,
  { durationMs }: ResolvedScenario,
): Promise<NonNullable<ServerCost['alone']>> {
  const startNs = nowNs() + SETTLE_MS * 1e6;
  const windowNs = Math.min(LONGEST_MS, durationMs) * 1e6;
  const instantsNs = [startNs, startNs + windowNs / 2, startNs + windowNs];
  let cpu = 0;
  for (const [start, , end] of await nodes.watch(instantsNs)) {
    if (start === undefined || end === undefined) throw new Error('a server answered without its readings');
    cpu += cpuUs(start, end);
  }
  return { windowMs: windowNs / 1e6, cpuUs: cpu };
}
