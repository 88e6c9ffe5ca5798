import { availableParallelism } from 'node:os';
import type { Transport } from '../contracts.ts';
import { RtbenchError } from '../errors.ts';
import type { Certificate } from '../instrument/certificate.ts';
import { hasLink, roundTripMs } from '../instrument/link/way.ts';
import type { RoleProcess } from '../instrument/role-process.ts';
import type { YardstickCalls, YardstickTime } from '../instrument/yardstick.ts';
import type { ResolvedScenario, Round } from '../measurements.ts';
import type { Plan } from '../plan/plan.ts';
import { transportOptions } from '../plan/transport-options.ts';
import { findTransport } from '../transports/index.ts';
import type { Phase, RunEvent } from './events.ts';
import { standingOf } from './goal.ts';
import { assemble } from './judge/assemble.ts';
import { interleave, type Turn } from './order.ts';
import { introduce, type Place, type RoundProcesses, startProcesses, type Variation } from './processes.ts';
import { measureRound } from './round/measure.ts';

/** What all rounds of a run share. */
export interface Surroundings extends Place {
  readonly certificate: Certificate | null;
  readonly yardstick: RoleProcess<YardstickCalls>;
}

/** Fresh processes for one round, and their server's URL once they can begin. */
export interface Crew {
  readonly variation: Variation;
  readonly processes: RoundProcesses;
  readonly url: Promise<string>;
}

/** Runs all rounds of a plan into `rounds`; leaves no process behind. */
export async function runRounds(
  { transports, scenario, until = null }: Plan,
  rounds: Round[],
  surroundings: Surroundings,
  observe: (event: RunEvent) => void,
): Promise<void> {
  const { signal } = surroundings;
  const turns = interleave(transports, scenario.rounds, scenario.seed);
  observe(
    until === null
      ? { kind: 'planned', rounds: turns.length, expectedMs: expectedMs(turns, scenario) }
      : { kind: 'planned', rounds: null, expectedMs: until.maxTimeMs },
  );
  const startedAtMs = performance.now();
  const crews: Crew[] = [];
  let before: YardstickTime | undefined;
  try {
    for (const [index, turn] of turns.entries()) {
      if (signal.aborted) return;
      const entered = (phase: Phase) => observe({ kind: 'phase', index, ...turn, phase });
      entered('starting');
      const crew = crews[index] ?? startCrew(turn.transport, scenario, surroundings);
      crews[index] = crew;
      const { round, after } = await runTurn(turn, scenario, crew, surroundings, before, entered, () => {
        const next = turns[index + 1];
        if (next !== undefined) crews[index + 1] = startCrew(next.transport, scenario, surroundings);
        return crews[index + 1];
      });
      before = after;
      rounds.push(round);
      const { isOver, ...told } =
        until === null
          ? { isOver: false, precision: null, remainingMs: expectedMs(turns.slice(index + 1), scenario) }
          : standingOf(until, transports, rounds, performance.now() - startedAtMs);
      observe({ kind: 'finished', index, round, ...told });
      if (isOver) return;
    }
  } finally {
    await Promise.all(crews.map(({ processes }) => processes.end()));
  }
}

/** Runs one round in its crew and ends it; `next` starts the crew after it, while this one's clients leave and nothing is timed. */
export async function runTurn(
  turn: Turn,
  scenario: ResolvedScenario,
  { processes, url, variation }: Crew,
  { pinning, yardstick }: Surroundings,
  /** The yardstick's last time, if it was taken just now. */
  last: YardstickTime | undefined,
  entered: (phase: Phase) => void,
  next: () => Crew | undefined,
): Promise<{ readonly round: Round; readonly after: YardstickTime }> {
  const ready = { processes, url: await url, variation };
  const before = last ?? (await yardstick.ask('measure', null));
  let following: Crew | undefined;
  const observations = await measureRound(transportOf(turn), scenario, ready, entered, () => {
    following = next();
  });
  await Promise.all([processes.end(), following?.url]);
  const after = await yardstick.ask('measure', null);
  const clientCores = pinning?.clients.length ?? availableParallelism();
  const evidence = { ...observations, round: turn.round, clientCores, yardstick: { before, after } };
  return { round: assemble(evidence), after };
}

/** Starts the processes of one round and tells them what it is about. */
export function startCrew(
  transport: string,
  scenario: ResolvedScenario,
  surroundings: Surroundings,
  variation: Variation = {},
): Crew {
  const { certificate, namespace } = surroundings;
  const processes = startProcesses(scenario, surroundings, variation);
  // A relay would carry each byte over the same loopback a second time.
  const countWire = namespace !== null && !hasLink(scenario);
  const url = introduce(processes, scenario, { transport, certificate, countWire }, variation);
  // Whoever needs the URL meets the failure; a crew that is never used has nobody to tell.
  url.catch(() => undefined);
  return { processes, url, variation };
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

/** About how long these rounds take; the progress line's time left. */
function expectedMs(turns: readonly Turn[], scenario: ResolvedScenario): number {
  const { warmupMs, durationMs, clients } = scenario;
  const distanceMs = ROUND_TRIPS * roundTripMs(scenario);
  const alwaysMs = OVERHEAD_MS + distanceMs + clients * CONNECT_MS + durationMs;
  return turns.reduce((sum, turn) => {
    const settleMs = transportOf(turn).settleMs(transportOptions(scenario));
    return sum + alwaysMs + Math.max(warmupMs, settleMs) + settleMs;
  }, 0);
}
