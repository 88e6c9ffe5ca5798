import { availableParallelism } from 'node:os';
import { passesOn } from '../cluster/whereabouts.ts';
import type { Transport } from '../contracts.ts';
import { RtbenchError } from '../errors.ts';
import type { Certificate } from '../instrument/certificate.ts';
import { roundTripMs } from '../instrument/link/way.ts';
import type { RoleProcess } from '../instrument/role-process.ts';
import type { YardstickCalls, YardstickTime } from '../instrument/yardstick.ts';
import type { Fault, Round } from '../measurements.ts';
import { hasRelay } from '../plan/fields/faults.ts';
import type { Plan } from '../plan/plan.ts';
import { scenarioFor, transportOptions } from '../plan/transport-options.ts';
import { findTransport } from '../transports/index.ts';
import type { RunEvent, Stage } from './events.ts';
import { standingOf } from './goal.ts';
import { assemble } from './judge/assemble.ts';
import { interleave, type Turn } from './order.ts';
import { introduce, type Place, type RoundProcesses, startProcesses, type Variation } from './processes.ts';
import type { Came } from './round/connecting.ts';
import { measureRound } from './round/measure.ts';

/** What all rounds of a run share. */
export interface Surroundings extends Place {
  readonly certificate: Certificate | null;
  readonly yardstick: RoleProcess<YardstickCalls>;
}

/** Fresh processes for one round, and the URLs of their servers once they can begin. */
export interface Crew {
  readonly variation: Variation;
  readonly processes: RoundProcesses;
  readonly urls: Promise<readonly string[]>;
}

/** What is told of turns while they run. */
export interface TurnsObserver {
  entered(index: number, stage: Stage): void;
  /** So many clients have come in; the others will take so long. */
  came?(index: number, ...so: Parameters<Came>): void;
  /** A fault has begun, or is over. */
  struck?(index: number, fault: Fault, hasBegun: boolean): void;
  /** Told of each finished round; true where no further one is wanted. */
  finished(index: number, round: Round): boolean;
}

/** Runs all rounds of a plan into `rounds`; leaves no process behind. */
export async function runRounds(
  { transports, scenario, until = null }: Plan,
  rounds: Round[],
  surroundings: Surroundings,
  observe: (event: RunEvent) => void,
): Promise<void> {
  const turns = interleave(transports, scenario);
  observe(
    until === null
      ? { kind: 'planned', rounds: turns.length, expectedMs: expectedMs(turns) }
      : { kind: 'planned', rounds: null, expectedMs: until.maxTimeMs },
  );
  const startedAtMs = performance.now();
  await tellTurns(turns, surroundings, observe, (index, round) => {
    rounds.push(round);
    return until === null
      ? counted(turns, index)
      : standingOf(until, transports, rounds, performance.now() - startedAtMs);
  });
}

/** How far a run has come with a round that is finished. */
export type Progress = { readonly isOver: boolean } & Pick<
  Extract<RunEvent, { kind: 'finished' }>,
  'precision' | 'remainingMs'
>;

/** The progress of turns that are all run. */
export function counted(turns: readonly Turn[], index: number): Progress {
  return { isOver: false, precision: null, remainingMs: expectedMs(turns.slice(index + 1)) };
}

/** Runs turns and tells of them; `finished` keeps each round and says how far the run has come with it. */
export function tellTurns(
  turns: readonly Turn[],
  surroundings: Surroundings,
  observe: (event: RunEvent) => void,
  finished: (index: number, round: Round) => Progress,
): Promise<void> {
  return runTurns(turns, surroundings, {
    entered(index, stage) {
      const { transport = '', round = 0, point } = turns[index] ?? {};
      observe({ kind: 'stage', index, transport, round, point, stage });
    },
    came(index, connected, remainingMs) {
      const { transport = '', round = 0, point, scenario } = turns[index] ?? {};
      const clients = scenario?.clients ?? 0;
      observe({ kind: 'connected', index, transport, round, point, connected, clients, remainingMs });
    },
    struck(index, { fault, node }, hasBegun) {
      const { transport = '', round = 0 } = turns[index] ?? {};
      observe({ kind: 'fault', index, transport, round, fault, node, hasBegun });
    },
    finished(index, round) {
      const { isOver, ...told } = finished(index, round);
      observe({ kind: 'finished', index, round, point: turns[index]?.point, ...told });
      return isOver;
    },
  });
}

/** Runs rounds in the given order, each one's processes starting while the clients of the one before leave; leaves no process behind. */
export async function runTurns(
  planned: readonly Turn[],
  surroundings: Surroundings,
  observer: TurnsObserver,
): Promise<void> {
  const turns = planned.map(withOwnOptions);
  const crews: Crew[] = [];
  const crewOf = (index: number) => {
    const turn = turns[index];
    if (turn !== undefined) crews[index] ??= startCrew(turn, surroundings);
    return crews[index];
  };
  let before: YardstickTime | undefined;
  try {
    for (const [index, turn] of turns.entries()) {
      if (surroundings.signal.aborted) return;
      observer.entered(index, 'starting');
      const crew = crewOf(index);
      if (crew === undefined) return;
      const { round, after } = await runTurn(turn, crew, surroundings, {
        last: before,
        entered: (stage) => observer.entered(index, stage),
        came: (...so) => observer.came?.(index, ...so),
        struck: (fault, hasBegun) => observer.struck?.(index, fault, hasBegun),
        next: () => crewOf(index + 1),
      });
      before = after;
      if (observer.finished(index, round)) return;
    }
  } finally {
    await Promise.all(crews.map(({ processes }) => processes.end()));
  }
}

/** Runs one round in its crew and ends it. */
export async function runTurn(
  { transport, round, scenario }: Turn,
  { processes, urls, variation }: Crew,
  { pinning, yardstick }: Surroundings,
  around: {
    /** The yardstick's last time, if it was taken just now. */
    readonly last: YardstickTime | undefined;
    entered(stage: Stage): void;
    readonly came?: Came;
    struck?(fault: Fault, hasBegun: boolean): void;
    /** Starts the crew of the round after this one, while this one's clients leave and nothing is timed. */
    next(): Crew | undefined;
  },
): Promise<{ readonly round: Round; readonly after: YardstickTime }> {
  const ready = { processes, urls: await urls, variation };
  const before = around.last ?? (await yardstick.ask('measure', null));
  let following: Crew | undefined;
  const observations = await measureRound(transportOf(transport), scenario, ready, {
    entered: around.entered,
    came: (...so) => around.came?.(...so),
    struck: (fault, hasBegun) => around.struck?.(fault, hasBegun),
    windowOver() {
      following = around.next();
    },
  });
  await Promise.all([processes.end(), following?.urls]);
  const after = await yardstick.ask('measure', null);
  const clientCores = pinning?.clients.length ?? availableParallelism();
  const evidence = { ...observations, round, clientCores, yardstick: { before, after } };
  return { round: assemble(evidence), after };
}

/** Starts the processes of one round and tells them what it is about. */
export function startCrew(
  { transport, scenario }: Pick<Turn, 'transport' | 'scenario'>,
  surroundings: Surroundings,
  variation: Variation = {},
): Crew {
  const { certificate, namespace } = surroundings;
  const processes = startProcesses(transportOf(transport), scenario, surroundings, variation);
  // A relay or a balancer would carry each byte over the same loopback a second time, and what nodes pass on goes over it too.
  const isAlone = !hasRelay(scenario) && scenario.balancer === 'none' && !passesOn(scenario);
  const countWire = namespace !== null && isAlone;
  const urls = introduce(processes, scenario, { transport, certificate, countWire }, variation);
  // Whoever needs the URLs meets the failure; a crew that is never used has nobody to tell.
  urls.catch(() => undefined);
  return { processes, urls, variation };
}

/** The same turn with what its scenario sets for its transport alone. */
function withOwnOptions(turn: Turn): Turn {
  return { ...turn, scenario: scenarioFor(turn.transport, turn.scenario) };
}

function transportOf(name: string): Transport {
  const transport = findTransport(name);
  if (transport === undefined) throw new RtbenchError('usage', `No transport is called ${name}`);
  return transport;
}

const OVERHEAD_MS = 1600;
const CONNECT_MS = 1;
/** Connecting and upgrading, settling, and the last message's way. */
const ROUND_TRIPS = 10;

/** About how long these rounds take; the progress line's time left. */
export function expectedMs(turns: readonly Turn[]): number {
  return turns.map(withOwnOptions).reduce((sum, { transport, scenario }) => {
    const { warmupMs, durationMs, clients } = scenario;
    const settleMs = transportOf(transport).settleMs(transportOptions(scenario));
    const distanceMs = ROUND_TRIPS * roundTripMs(scenario);
    const alwaysMs = OVERHEAD_MS + distanceMs + clients * CONNECT_MS + durationMs;
    return sum + alwaysMs + Math.max(warmupMs, settleMs) + settleMs;
  }, 0);
}
