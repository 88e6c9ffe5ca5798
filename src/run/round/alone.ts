import { nowNs } from '../../instrument/clock.ts';
import type { ResolvedScenario, ServerCost } from '../../measurements.ts';
import { cpuUs } from '../judge/evidence.ts';
import type { RoundProcesses } from '../processes.ts';

const LONGEST_MS = 3000;
/** What the crowd before has left behind is cleared away meanwhile. */
const SETTLE_MS = 300;

/** What the server spends without a single client: its timers and those that measure it. */
export async function measureAlone(
  { server }: RoundProcesses,
  { durationMs }: ResolvedScenario,
): Promise<NonNullable<ServerCost['alone']>> {
  const startNs = nowNs() + SETTLE_MS * 1e6;
  const windowNs = Math.min(LONGEST_MS, durationMs) * 1e6;
  const instantsNs = [startNs, startNs + windowNs / 2, startNs + windowNs];
  const [start, , end] = await server.ask('watch', { instantsNs });
  if (start === undefined || end === undefined) throw new Error('the server answered without its readings');
  return { windowMs: (end.atNs - start.atNs) / 1e6, cpuUs: cpuUs(start, end) };
}
