import { messageOf } from '../errors.ts';
import { makeCertificate } from '../instrument/certificate.ts';
import { describeMachine } from '../instrument/machine.ts';
import { choosePinning } from '../instrument/pinning.ts';
import { startYardstick } from '../instrument/yardstick.ts';
import type { Report, ResolvedScenario, Round } from '../measurements.ts';
import type { Plan } from '../plan/plan.ts';
import { transportOptions } from '../plan/transport-options.ts';
import { compareRounds, summarize } from '../stats/index.ts';
import { findTransport } from '../transports/index.ts';
import type { RunEvent } from './events.ts';
import { interleave } from './order.ts';
import { measureRound, type Surroundings } from './round.ts';

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
  const rounds: Round[] = [];
  let failure: string | null = null;
  try {
    await runRounds(plan, rounds, { pinning, certificate, yardstick, signal }, observe);
  } catch (error) {
    if (!signal.aborted) failure = messageOf(error);
  } finally {
    await yardstick.end();
  }
  return {
    schema: 'rtbench/report@1',
    startedAt,
    finishedAt: new Date().toISOString(),
    interrupted: signal.aborted,
    failure,
    command: plan.command,
    ...describeMachine(pinning),
    scenario,
    rounds,
    summaries: summarize(rounds, plan.transports),
    comparisons: compareRounds(rounds, plan.transports),
  };
}

async function runRounds(
  { transports, scenario }: Plan,
  rounds: Round[],
  surroundings: Surroundings,
  observe: (event: RunEvent) => void,
): Promise<void> {
  const turns = interleave(transports, scenario.rounds, scenario.seed);
  const expectedMs = turns.reduce((sum, turn) => sum + expectedRoundMs(turn.transport, scenario), 0);
  observe({ kind: 'planned', rounds: turns.length, expectedMs });
  let remainingMs = expectedMs;
  for (const [index, turn] of turns.entries()) {
    if (surroundings.signal.aborted) return;
    const transport = findTransport(turn.transport);
    if (transport === undefined) throw new Error(`no transport named ${turn.transport}`);
    const round = await measureRound(transport, turn.round, scenario, surroundings, (phase) =>
      observe({ kind: 'phase', index, ...turn, phase }),
    );
    rounds.push(round);
    remainingMs -= expectedRoundMs(turn.transport, scenario);
    observe({ kind: 'finished', index, round, remainingMs });
  }
}

const OVERHEAD_MS = 1600;
const CONNECT_MS = 1;

/** About how long one round takes; the progress line's time left. */
export function expectedRoundMs(name: string, scenario: ResolvedScenario): number {
  const settleMs = findTransport(name)?.settleMs(transportOptions(scenario)) ?? 0;
  const { warmupMs, durationMs, clients } = scenario;
  return OVERHEAD_MS + clients * CONNECT_MS + Math.max(warmupMs, settleMs) + durationMs + settleMs;
}
