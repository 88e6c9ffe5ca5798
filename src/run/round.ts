import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Transport } from '../contracts.ts';
import type { Certificate } from '../instrument/certificate.ts';
import { nowNs } from '../instrument/clock.ts';
import { readHost } from '../instrument/host-load.ts';
import { readAt, readCpu } from '../instrument/meter.ts';
import type { Pinning } from '../instrument/pinning.ts';
import type { RoleProcess } from '../instrument/role-process.ts';
import type { YardstickCalls } from '../instrument/yardstick.ts';
import type { ResolvedScenario, Round } from '../measurements.ts';
import { transportOptions } from '../plan/transport-options.ts';
import { readingInstantsNs, type Timeline } from '../timeline.ts';
import { assemble } from './assemble.ts';
import { connectAll } from './connecting.ts';
import type { Phase } from './events.ts';
import type { Evidence } from './evidence.ts';
import { measureMemory } from './memory.ts';
import { introduce, type RoundProcesses, startProcesses } from './processes.ts';
import { warmClients, warmCode } from './warm.ts';

/** What all rounds of a run share. */
export interface Surroundings {
  readonly pinning: Pinning | null;
  readonly certificate: Certificate | null;
  readonly yardstick: RoleProcess<YardstickCalls>;
  readonly signal: AbortSignal;
}

/** Runs one round from fresh processes to the judged result, and leaves no process behind. */
export async function measureRound(
  transport: Transport,
  round: number,
  scenario: ResolvedScenario,
  surroundings: Surroundings,
  entered: (phase: Phase) => void,
): Promise<Round> {
  const { pinning, certificate, yardstick, signal } = surroundings;
  const options = transportOptions(scenario);
  const before = await yardstick.ask('measure', null);
  entered('starting');
  const processes = startProcesses(scenario, pinning, signal);
  try {
    await introduce(processes, scenario, transport.name, certificate);
    entered('warming');
    await warmCode(processes, options);
    entered('connecting');
    const connected = await connectAll(processes, scenario.clients, transport, options);
    entered('settling');
    await warmClients(processes, scenario.clients, transport, options);
    const timeline = timelineOf(scenario, transport.settleMs(options));
    const measured = await measureWindow(processes, scenario, timeline, entered);
    const memory = await measureMemory(processes);
    await processes.end();
    const after = await yardstick.ask('measure', null);
    const yardstickUs = { before, after };
    const clientCores = pinning?.clients.length ?? availableParallelism();
    return assemble({
      transport,
      round,
      scenario,
      timeline,
      connected,
      yardstickUs,
      clientCores,
      memory,
      ...measured,
    });
  } finally {
    await processes.end();
  }
}

// Time for the command to reach every process before the first instant it names.
const ARM_MS = 50;
const LIGHT_MS = { least: 300, most: 2000 };

function timelineOf({ warmupMs, durationMs }: ResolvedScenario, settleMs: number): Timeline {
  const windowStartUs = (ARM_MS + Math.max(warmupMs, settleMs)) * 1000;
  const windowEndUs = windowStartUs + durationMs * 1000;
  const lightMs = Math.min(LIGHT_MS.most, Math.max(LIGHT_MS.least, durationMs / 3));
  const lightEndUs = windowEndUs + lightMs * 1000;
  return { epochNs: nowNs(), startUs: ARM_MS * 1000, windowStartUs, windowEndUs, lightEndUs };
}

async function measureWindow(
  { server, witness, drivers }: RoundProcesses,
  scenario: ResolvedScenario,
  timeline: Timeline,
  entered: (phase: Phase) => void,
): Promise<Pick<Evidence, 'server' | 'witness' | 'drivers' | 'host'>> {
  const { arrivals: kind, ratePerSecond, seed } = scenario;
  const holders = [witness, ...drivers];
  await Promise.all([
    server.ask('arm', { timeline, arrivals: { kind, ratePerSecond, seed } }),
    ...holders.map((holder) => holder.ask('arm', timeline)),
  ]);
  const [startNs = 0, , endNs = 0] = readingInstantsNs(timeline);
  const host = await readAt([startNs, endNs], (index) => {
    entered(index === 0 ? 'measuring' : 'draining');
    return { host: readHost(), cpu: readCpu() };
  });
  const share = await server.ask('collect', null);
  await drained(holders, share.expected, timeline);
  const [witnessShare, ...driverShares] = await Promise.all([
    witness.ask('collect', null),
    ...drivers.map((driver) => driver.ask('collect', null)),
  ]);
  return { server: share, witness: witnessShare, drivers: driverShares, host };
}

const DRAIN_MS = 3000;
const ASK_AGAIN_MS = 5;

/** Waits, not for ever, for the window's messages that are still under way. */
async function drained(
  holders: readonly RoundProcesses['witness'][],
  expected: number,
  { startUs, windowStartUs }: Timeline,
): Promise<void> {
  const longestMs = DRAIN_MS + (2 * (windowStartUs - startUs)) / 1000;
  const deadline = performance.now() + longestMs;
  while (performance.now() < deadline) {
    const counts = await Promise.all(holders.map((holder) => holder.ask('count', null)));
    if (counts.reduce((sum, { delivered }) => sum + delivered, 0) >= expected) return;
    await sleep(ASK_AGAIN_MS);
  }
}
