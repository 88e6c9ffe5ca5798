import { setTimeout as sleep } from 'node:timers/promises';
import { findApplication, isSilent } from '../../applications/index.ts';
import type { Transport } from '../../contracts.ts';
import { nowNs } from '../../instrument/clock.ts';
import { readHost } from '../../instrument/host-load.ts';
import { roundTripMs } from '../../instrument/link/way.ts';
import { readAt, readCpu } from '../../instrument/meter.ts';
import type { ResolvedScenario } from '../../measurements.ts';
import { durationOf } from '../../plan/fields/phases.ts';
import { transportOptions } from '../../plan/transport-options.ts';
import { type Arrivals, dueTimesUs } from '../../schedule/due-times.ts';
import { seededRandom } from '../../stats/random.ts';
import { halfOf, readingInstantsNs, type Timeline } from '../../timeline.ts';
import type { Stage } from '../events.ts';
import { expectedOf, type Observations } from '../judge/evidence.ts';
import type { RoundProcesses, Variation } from '../processes.ts';
import { measureAlone } from './alone.ts';
import { connectAll } from './connecting.ts';
import { layLink, liftLink } from './distance.ts';
import { measureMemory } from './memory.ts';
import { warmClients, warmCode } from './warm.ts';

/** A round's processes when they can begin, and what they do otherwise than usual. */
interface Ready {
  readonly processes: RoundProcesses;
  readonly urls: readonly string[];
  readonly variation: Variation;
}

/** Takes one round's processes from their first warm-up to the last reading; `windowOver` is called when nothing is timed any more. */
export async function measureRound(
  transport: Transport,
  scenario: ResolvedScenario,
  ready: Ready,
  entered: (stage: Stage) => void,
  windowOver: () => void,
): Promise<Observations> {
  const { processes, urls, variation } = ready;
  const isWarmed = variation.cold !== true;
  const options = transportOptions(scenario);
  entered('warming');
  if (isWarmed) await warmCode(processes, urls, scenario);
  const alone = isSilent(scenario) ? await measureAlone(processes, scenario) : null;
  await layLink(processes, scenario);
  entered('connecting');
  const connected = await connectAll(processes, urls, scenario, transport);
  entered('settling');
  await liftLink(processes);
  if (isWarmed) await warmClients(processes, scenario, transport);
  await layLink(processes, scenario);
  const timeline = timelineOf(scenario, transport.settleMs(options), variation);
  const window = await measureWindow(ready, scenario, timeline, entered, windowOver);
  await liftLink(processes);
  const memory = await measureMemory(processes, scenario.clients);
  return { transport, scenario, timeline, alone, connected, memory, ...window };
}

// Time for the command to reach every process before the first instant it names.
const ARM_MS = 50;
/** How often a message must have gone there and back before those that follow find the link as it will be. */
const SETTLE_ROUND_TRIPS = 4;
const LIGHT_MS = { least: 300, most: 2000 };

function timelineOf(scenario: ResolvedScenario, settleMs: number, variation: Variation): Timeline {
  const { warmupMs, durationMs, phases } = scenario;
  const withoutLight = variation.withoutLight === true || isSilent(scenario);
  const settledMs = settleMs + SETTLE_ROUND_TRIPS * roundTripMs(scenario);
  const windowStartUs = (ARM_MS + Math.max(warmupMs, settledMs)) * 1000;
  const windowEndUs = windowStartUs + durationMs * 1000;
  const lightMs = withoutLight ? 0 : Math.min(LIGHT_MS.most, Math.max(LIGHT_MS.least, durationMs / 4));
  const lightEndUs = windowEndUs + lightMs * 1000;
  const phaseEndsUs = phases.map((_, index) => windowStartUs + durationOf(phases.slice(0, index + 1)) * 1000);
  return { epochNs: nowNs(), startUs: ARM_MS * 1000, windowStartUs, windowEndUs, phaseEndsUs, lightEndUs };
}

async function measureWindow(
  { processes: { nodes, witness, drivers, relay }, variation: { drainMs = DRAIN_MS } }: Ready,
  scenario: ResolvedScenario,
  timeline: Timeline,
  entered: (stage: Stage) => void,
  windowOver: () => void,
): Promise<
  Pick<Observations, 'dueUs' | 'server' | 'servers' | 'missed' | 'witness' | 'drivers' | 'relay' | 'host'>
> {
  const arrivals = arrivalsOf(scenario);
  const { speaker } = findApplication(scenario.application);
  const dueUs = speaker === 'server' ? dueInWindowUs(timeline, arrivals) : [];
  const holders = [witness, ...drivers];
  const instantsNs = readingInstantsNs(timeline);
  await Promise.all([
    nodes.arm(timeline, speaker === 'server' ? arrivals : null),
    ...holders.map((holder) =>
      holder.ask('arm', { timeline, arrivals: speaker === 'clients' ? arrivals : null }),
    ),
    relay?.ask('arm', { instantsNs }),
  ]);
  const [startNs = 0, , endNs = 0] = instantsNs;
  const host = await readAt([startNs, endNs], (index) => {
    entered(index === 0 ? 'measuring' : 'draining');
    return { host: readHost(), cpu: readCpu() };
  });
  const { share, each } = await nodes.collect();
  windowOver();
  await Promise.all(holders.map((holder) => holder.ask('returned', null)));
  const missed = await nodes.missed();
  const expected = expectedOf(scenario, dueUs, share.said.expected) - share.said.conflated - missed.window;
  await drained(holders, expected, drainMs, timeline);
  const [witnessShare, ...driverShares] = await Promise.all([
    witness.ask('collect', null),
    ...drivers.map((driver) => driver.ask('collect', null)),
  ]);
  const relayShare = relay === null ? null : await relay.ask('collect', null);
  return {
    ...{ server: share, servers: each, missed, witness: witnessShare, drivers: driverShares },
    ...{ relay: relayShare, host, dueUs },
  };
}

/** When the messages of the window are due, whoever says them. */
function dueInWindowUs(timeline: Timeline, arrivals: Arrivals): number[] {
  const all = dueTimesUs(timeline, arrivals, seededRandom(arrivals.seed));
  return all.filter((dueUs) => halfOf(timeline, dueUs) !== undefined);
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

const DRAIN_MS = 3000;
const ASK_AGAIN_MS = 5;

/** Waits, not for ever, for the window's messages that are still under way. */
async function drained(
  holders: readonly RoundProcesses['witness'][],
  /** From the server; what the clients say makes more. */
  expected: number,
  drainMs: number,
  { startUs, windowStartUs }: Timeline,
): Promise<void> {
  const longestMs = drainMs + (2 * (windowStartUs - startUs)) / 1000;
  const deadline = performance.now() + longestMs;
  while (performance.now() < deadline) {
    const counts = await Promise.all(holders.map((holder) => holder.ask('count', null)));
    const missing = counts.reduce((sum, count) => sum + count.expected - count.delivered, expected);
    if (missing <= 0 && counts.every(({ isDone }) => isDone)) return;
    await sleep(ASK_AGAIN_MS);
  }
}
