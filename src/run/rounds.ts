import { availableParallelism } from 'node:os';
import type { Transport } from '../contracts.ts';
import { RtbenchError } from '../errors.ts';
import type { Certificate } from '../instrument/certificate.ts';
import { roundTripMs } from '../instrument/link/way.ts';
import type { Pinning } from '../instrument/pinning.ts';
import type { RoleProcess } from '../instrument/role-process.ts';
import type { YardstickCalls } from '../instrument/yardstick.ts';
import type { ResolvedScenario, Round } from '../measurements.ts';
import type { Plan } from '../plan/plan.ts';
import { transportOptions } from '../plan/transport-options.ts';
import { findTransport } from '../transports/index.ts';
import type { Phase, RunEvent } from './events.ts';
import { assemble } from './judge/assemble.ts';
import { interleave, type Turn } from './order.ts';
import { introduce, type RoundProcesses, startProcesses } from './processes.ts';
import { measureRound } from './round/measure.ts';

/** What all rounds of a run share. */
export interface Surroundings {
  readonly pinning: Pinning | null;
  readonly certificate: Certificate | null;
  readonly yardstick: RoleProcess<YardstickCalls>;
  readonly signal: AbortSignal;
}

/** Fresh processes for one round, and their server's URL once they can begin. */
interface Crew {
  readonly processes: RoundProcesses;
  readonly url: Promise<string>;
}

/** Runs all rounds of a plan into `rounds`; leaves no process behind. */
export async function runRounds(
  { transports, scenario }: Plan,
  rounds: Round[],
  surroundings: Surroundings,
  observe: (event: RunEvent) => void,
): Promise<void> {
  const { pinning, yardstick, signal } = surroundings;
  const turns = interleave(transports, scenario.rounds, scenario.seed);
  let remainingMs = turns.reduce((sum, turn) => sum + expectedRoundMs(turn, scenario), 0);
  observe({ kind: 'planned', rounds: turns.length, expectedMs: remainingMs });
  const clientCores = pinning?.clients.length ?? availableParallelism();
  const crews: Crew[] = [];
  let before: number | undefined;
  try {
    for (const [index, turn] of turns.entries()) {
      if (signal.aborted) return;
      const entered = (phase: Phase) => observe({ kind: 'phase', index, ...turn, phase });
      entered('starting');
      crews[index] ??= gather(turn, scenario, surroundings);
      const { processes, url } = crews[index];
      const ready = { processes, url: await url };
      before ??= await yardstick.ask('measure', null);
      const observations = await measureRound(transportOf(turn), scenario, ready, entered, () => {
        // The next round's processes start while this one's clients leave: nothing is timed then.
        const next = turns[index + 1];
        if (next !== undefined) crews[index + 1] = gather(next, scenario, surroundings);
      });
      await Promise.all([processes.end(), crews[index + 1]?.url]);
      const after = await yardstick.ask('measure', null);
      const yardstickUs = { before, after };
      const round = assemble({ ...observations, round: turn.round, clientCores, yardstickUs });
      before = after;
      rounds.push(round);
      remainingMs -= expectedRoundMs(turn, scenario);
      observe({ kind: 'finished', index, round, remainingMs });
    }
  } finally {
    await Promise.all(crews.map(({ processes }) => processes.end()));
  }
}

function gather(turn: Turn, scenario: ResolvedScenario, surroundings: Surroundings): Crew {
  const { pinning, certificate, signal } = surroundings;
  const processes = startProcesses(scenario, pinning, signal);
  const url = introduce(processes, scenario, turn.transport, certificate);
  // Whoever needs the URL meets the failure; a crew that is never used has nobody to tell.
  url.catch(() => undefined);
  return { processes, url };
}

function transportOf({ transport: name }: Turn): Transport {
  const transport = findTransport(name);
  if (transport === undefined) throw new RtbenchError('usage', `No transport is called ${name}`);
  return transport;
}

const OVERHEAD_MS = 1600;
const CONNECT_MS = 1;
/** Connecting and upgrading, settling, and the last message's way. */
const ROUND_TRIPS = 10;

/** About how long one round takes; the progress line's time left. */
function expectedRoundMs(turn: Turn, scenario: ResolvedScenario): number {
  const settleMs = transportOf(turn).settleMs(transportOptions(scenario));
  const { warmupMs, durationMs, clients } = scenario;
  const distanceMs = ROUND_TRIPS * roundTripMs(scenario);
  return (
    OVERHEAD_MS + distanceMs + clients * CONNECT_MS + Math.max(warmupMs, settleMs) + durationMs + settleMs
  );
}
