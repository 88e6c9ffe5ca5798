import { findApplication, isSilent } from '../../applications/index.ts';
import type { Balancer } from '../../cluster/balancer/balancer.ts';
import type { OwnRedis } from '../../cluster/own-redis.ts';
import type { Transport } from '../../contracts.ts';
import { nowNs } from '../../instrument/clock.ts';
import { readHost } from '../../instrument/host-load.ts';
import { roundTripMs } from '../../instrument/link/way.ts';
import { readAt, readCpu } from '../../instrument/meter.ts';
import type { Fault, ResolvedScenario } from '../../measurements.ts';
import { hasObstacle } from '../../plan/fields/cluster.ts';
import { hasStanding } from '../../plan/fields/faults.ts';
import { durationOf } from '../../plan/fields/phases.ts';
import { transportOptions } from '../../plan/transport-options.ts';
import type { Arrivals } from '../../schedule/due-times.ts';
import { readingInstantsNs, type Timeline } from '../../timeline.ts';
import type { Stage } from '../events.ts';
import type { Observations } from '../judge/evidence.ts';
import type { RoundProcesses, Variation } from '../processes.ts';
import { measureAlone } from './alone.ts';
import { type Came, connectAll } from './connecting.ts';
import { layLink, liftLink } from './distance.ts';
import { drain } from './draining.ts';
import { FaultAgenda } from './faults/agenda.ts';
import { measureMemory } from './memory.ts';
import { type Spoken, spokenInWindow } from './spoken.ts';
import { warmClients, warmCode } from './warm.ts';

/** A round's processes when they can begin, and what they do otherwise than usual. */
interface Ready {
  readonly processes: RoundProcesses;
  readonly urls: readonly string[];
  readonly variation: Variation;
}

/** What is told of a round while it goes on. */
interface RoundObserver {
  entered(stage: Stage): void;
  readonly came: Came;
  /** A fault has begun, or is over. */
  struck(fault: Fault, hasBegun: boolean): void;
  /** Nothing is timed any more. */
  windowOver(): void;
}

/** Takes one round's processes from their first warm-up to the last reading. */
export async function measureRound(
  transport: Transport,
  scenario: ResolvedScenario,
  ready: Ready,
  observer: RoundObserver,
): Promise<Observations> {
  const faults = new FaultAgenda(scenario.faults, ready.processes, observer.struck);
  try {
    const measured = measureThrough(faults, transport, scenario, ready, observer);
    return await Promise.race([measured, ready.processes.ended]);
  } finally {
    await faults.lift();
  }
}

async function measureThrough(
  faults: FaultAgenda,
  transport: Transport,
  scenario: ResolvedScenario,
  ready: Ready,
  observer: RoundObserver,
): Promise<Observations> {
  const { processes, urls, variation } = ready;
  const { entered } = observer;
  // What keeps clients away would hold the hurry up, and is what is to be found.
  const isWarmed = variation.cold !== true && !hasObstacle(scenario);
  const options = transportOptions(scenario);
  entered('warming');
  faults.prepare();
  if (isWarmed) await warmCode(processes, urls, scenario);
  const alone = isSilent(scenario) ? await measureAlone(processes, scenario) : null;
  await layLink(processes, scenario);
  entered('connecting');
  await faults.beginStanding();
  const connected = await connectAll(processes, urls, scenario, transport, observer.came);
  entered('settling');
  await liftLink(processes);
  // What stands in the way already would hold the hurry up.
  if (isWarmed && !hasStanding(scenario)) await warmClients(processes, scenario, transport);
  await layLink(processes, scenario);
  const timeline = timelineOf(scenario, transport.settleMs(options), variation);
  const window = await measureWindow(faults, ready, scenario, timeline, observer);
  await liftLink(processes);
  const memory = await measureMemory(processes, scenario.clients);
  return { transport, scenario, timeline, alone, connected, memory, ...window };
}

/** Time for the command to reach every process before the first instant it names; who holds thousands is seldom free at once. */
const ARM_MS = { always: 50, eachThousandClients: 10 };
/** How often a message must have gone there and back before those that follow find the link as it will be. */
const SETTLE_ROUND_TRIPS = 4;
const LIGHT_MS = { least: 300, most: 2000 };

function timelineOf(scenario: ResolvedScenario, settleMs: number, variation: Variation): Timeline {
  const { clients, warmupMs, durationMs, phases, faults } = scenario;
  const withoutLight = variation.withoutLight === true || isSilent(scenario) || faults.length > 0;
  const settledMs = settleMs + SETTLE_ROUND_TRIPS * roundTripMs(scenario);
  const armMs = ARM_MS.always + Math.floor(clients / 1000) * ARM_MS.eachThousandClients;
  const windowStartUs = (armMs + Math.max(warmupMs, settledMs)) * 1000;
  const windowEndUs = windowStartUs + durationMs * 1000;
  const lightMs = withoutLight ? 0 : Math.min(LIGHT_MS.most, Math.max(LIGHT_MS.least, durationMs / 4));
  const lightEndUs = windowEndUs + lightMs * 1000;
  const phaseEndsUs = phases.map((_, index) => windowStartUs + durationOf(phases.slice(0, index + 1)) * 1000);
  return { epochNs: nowNs(), startUs: armMs * 1000, windowStartUs, windowEndUs, phaseEndsUs, lightEndUs };
}

type Window = Omit<Observations, 'transport' | 'scenario' | 'timeline' | 'alone' | 'connected' | 'memory'>;

async function measureWindow(
  faults: FaultAgenda,
  { processes, variation }: Ready,
  scenario: ResolvedScenario,
  timeline: Timeline,
  { entered, windowOver }: RoundObserver,
): Promise<Window> {
  const { nodes, witness, drivers, relay } = processes;
  const spoken = await armAll(processes, scenario, timeline);
  const { speaker } = findApplication(scenario.application);
  const dueUs = speaker === 'server' ? spoken.map((one) => one.dueUs) : [];
  const watched = (program: OwnRedis | Balancer | null) =>
    program?.watch(readingInstantsNs(timeline)).catch(() => null) ?? null;
  const beside = Promise.all([watched(processes.redis), watched(processes.balancer)]);
  faults.arm(timeline);
  const [startNs = 0, , endNs = 0] = readingInstantsNs(timeline);
  const host = await readAt([startNs, endNs], (index) => {
    entered(index === 0 ? 'measuring' : 'draining');
    return { host: readHost(), cpu: readCpu() };
  });
  await faults.over();
  // What a fault still stands before cannot be asked until it is lifted, and that would bring messages that are lost.
  const early = scenario.faults.length > 0 ? null : await nodes.collect();
  windowOver();
  const missed = await drain(
    processes,
    { scenario, timeline, dueUs, spoken, ...variation },
    early?.share ?? null,
  );
  const [witnessShare, ...driverShares] = await Promise.all([
    witness.ask('collect', null),
    ...drivers.map((driver) => driver.ask('collect', null)),
  ]);
  const struck = await faults.lift();
  const { share, each } = early ?? (await nodes.collect());
  const relayShare = relay === null ? null : await relay.ask('collect', null);
  const [redis, balancer] = await beside;
  return {
    ...{ server: share, servers: each, missed, witness: witnessShare, drivers: driverShares },
    ...{ relay: relayShare, redis, balancer, host, dueUs, spoken, struck, deaths: nodes.deaths },
  };
}

/** Tells every process the instants to come; answers what is said in the window by servers or, where there are several, by clients. */
async function armAll(
  { nodes, witness, drivers, relay }: RoundProcesses,
  scenario: ResolvedScenario,
  timeline: Timeline,
): Promise<readonly Spoken[]> {
  const arrivals = arrivalsOf(scenario);
  const { speaker } = findApplication(scenario.application);
  const arrivalsFor = (who: typeof speaker) => (speaker === who ? arrivals : null);
  await Promise.all([
    nodes.arm(timeline, arrivalsFor('server')),
    ...[witness, ...drivers].map((holder) =>
      holder.ask('arm', { timeline, arrivals: arrivalsFor('clients') }),
    ),
    relay?.ask('arm', { instantsNs: readingInstantsNs(timeline) }),
  ]);
  const isWanted = speaker === 'server' || (speaker === 'clients' && scenario.nodes > 1);
  return isWanted ? spokenInWindow(timeline, arrivals, scenario) : [];
}

/** What all speakers together have to say. */
function arrivalsOf(scenario: ResolvedScenario): Arrivals {
  const { arrivals: kind, seed, phases } = scenario;
  const application = findApplication(scenario.application);
  const atRate = (ratePerSecond: number) => application.messagesPerSecond({ ...scenario, ratePerSecond });
  return {
    kind,
    seed,
    ratePerSecond: atRate(scenario.ratePerSecond),
    phases: phases.map(({ fromPerSecond, toPerSecond }) => ({
      fromPerSecond: atRate(fromPerSecond),
      toPerSecond: atRate(toPerSecond),
    })),
    // Where clients come and go, what follows the window is the same load without that.
    ...(application.comesAndGoes && { lightShare: 1 }),
  };
}
