import { setTimeout as sleep } from 'node:timers/promises';
import type { ResolvedScenario } from '../../measurements.ts';
import type { Missed, ServerShare } from '../../server/protocol.ts';
import type { Timeline } from '../../timeline.ts';
import { expectedOf } from '../judge/evidence.ts';
import { unheardOf } from '../judge/parts/cluster.ts';
import type { RoundProcesses } from '../processes.ts';
import { longestBroadcastMs } from './patience.ts';
import type { Spoken } from './spoken.ts';

const DRAIN_MS = 3000;
/** Where messages are lost, however long a round settles: its end is not put off for longer than this. */
const LONGEST_MS = 45_000;
const ASK_AGAIN_MS = 5;

/** What is to arrive. */
interface Awaited {
  readonly scenario: ResolvedScenario;
  readonly timeline: Timeline;
  readonly dueUs: readonly number[];
  readonly spoken: readonly Spoken[];
  readonly drainMs?: number;
}

/**
 * Waits, not for ever, for the window's messages that are still under way; answers which were kept from clients on
 * purpose. Without the servers' share nothing is asked of them.
 */
export async function drain(
  { nodes, witness, drivers }: RoundProcesses,
  { scenario, timeline: { startUs, windowStartUs }, dueUs, spoken, drainMs = DRAIN_MS }: Awaited,
  share: ServerShare | null,
): Promise<Missed> {
  const holders = [witness, ...drivers];
  await Promise.all(holders.map((holder) => holder.ask('returned', null)));
  const missed = share === null ? { window: 0, phases: [] } : await nodes.missed();
  const { expected, conflated } = share?.said ?? { expected: 0, conflated: 0 };
  const fromServers =
    expectedOf(scenario, dueUs, expected) - conflated - missed.window - (unheardOf(scenario, spoken) ?? 0);
  const mostMs = scenario.faults.length > 0 ? LONGEST_MS : Number.POSITIVE_INFINITY;
  const settledMs = (windowStartUs - startUs) / 1000;
  const longestMs = Math.min(mostMs, drainMs + longestBroadcastMs(scenario) + 2 * settledMs);
  const deadline = performance.now() + longestMs;
  while (performance.now() < deadline) {
    const counts = await Promise.all(holders.map((holder) => holder.ask('count', null)));
    const missing = counts.reduce((sum, count) => sum + count.expected - count.delivered, fromServers);
    if (missing <= 0 && counts.every(({ isDone }) => isDone)) break;
    await sleep(ASK_AGAIN_MS);
  }
  return missed;
}
