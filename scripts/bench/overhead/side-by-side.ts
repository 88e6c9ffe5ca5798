import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { ClientsCalls } from '../../../src/clients/protocol.ts';
import { nowNs } from '../../../src/instrument/clock.ts';
import type { CpuReading } from '../../../src/instrument/meter.ts';
import { choosePinning, heldCommand } from '../../../src/instrument/pinning.ts';
import { RoleProcess } from '../../../src/instrument/role-process.ts';
import type { ResolvedScenario } from '../../../src/measurements.ts';
import { defaults } from '../../../src/plan/fields/index.ts';
import { transportOptions } from '../../../src/plan/transport-options.ts';
import type { ServerCalls } from '../../../src/server/protocol.ts';
import type { Timeline } from '../../../src/timeline.ts';
import type { BareSchedule } from './bare-server.ts';

const STRETCH_MS = 400;
/** The first pairs are spoken by cold code. */
const UNCOUNTED = 2;
const WARM_UP_MESSAGES = 20;
const ARM_MS = 1000;
const WAVE = 25;

/** The servers of one run and their clients, all of them in one process. */
interface Stage {
  readonly harness: RoleProcess<ServerCalls>;
  readonly bare: ChildProcess;
  readonly clients: RoleProcess<ClientsCalls>;
}

/**
 * The cost of a delivery by rtbench's server over a bare one's, pair by pair: both stand side by side on one core, each
 * with its clients, and speak by turns, so that the machine's speed is the same for both.
 */
export async function ratiosOfRun(clients: number, pairs: number, harnessFirst: boolean): Promise<number[]> {
  const stage = startStage();
  try {
    await fill(stage, scenarioOf(clients));
    return await takeTurns(stage, turnsOf(pairs + UNCOUNTED, harnessFirst));
  } finally {
    await Promise.all([stage.harness.end(), stage.clients.end()]);
    stage.bare.kill('SIGKILL');
  }
}

function startStage(): Stage {
  const pinning = choosePinning();
  const [execPath = process.execPath, ...execArgv] = heldCommand([process.execPath], pinning?.server);
  return {
    harness: new RoleProcess('server', pinning?.server),
    bare: fork(join(import.meta.dirname, 'bare-server.ts'), {
      execPath,
      execArgv,
      serialization: 'advanced',
    }),
    clients: new RoleProcess('clients', pinning?.clients),
  };
}

function scenarioOf(clients: number): ResolvedScenario {
  const about = {
    name: 'overhead',
    summary: 'A server beside a bare one',
    application: 'broadcast',
  } as const;
  return { ...about, ...defaults, clients, witnesses: 1 };
}

/** Connects as many clients to either server, and lets the harness's own speak until its code is warm. */
async function fill({ harness, bare, clients }: Stage, scenario: ResolvedScenario): Promise<void> {
  const options = transportOptions(scenario);
  const [bareAt] = await once(bare, 'message');
  const { port } = await harness.ask('start', {
    ...{ transport: 'websocket', options, certificate: null, countWire: false, scenario },
    ...{ sabotage: null, node: 1, port: null, others: null },
  });
  await clients.ask('start', { transport: 'websocket', crowd: 'lean', scenario, ca: null, sabotage: null });
  for (let first = 0; first < 2 * scenario.clients; first += WAVE) {
    const indexes = Array.from({ length: WAVE }, (_, offset) => first + offset);
    const at = (first / WAVE) % 2 === 0 ? port : bareAt;
    await clients.ask('connect', { urls: [`http://127.0.0.1:${at}/`], indexes, options });
  }
  await harness.ask('burst', { count: WARM_UP_MESSAGES });
}

/** Who speaks in each stretch: the order of each pair is that of the one before, turned round. */
function turnsOf(pairs: number, harnessFirst: boolean): boolean[] {
  return Array.from({ length: pairs }, (_, pair) => {
    const isFirst = harnessFirst === (pair % 2 === 0);
    return [isFirst, !isFirst];
  }).flat();
}

async function takeTurns({ harness, bare, clients }: Stage, turns: readonly boolean[]): Promise<number[]> {
  const { ratePerSecond, seed } = defaults;
  const timeline = timelineOf(turns.length);
  const edgesNs = [timeline.windowStartUs, ...timeline.phaseEndsUs].map((us) => timeline.epochNs + us * 1000);
  const pace = (rate: number) => ({ fromPerSecond: rate, toPerSecond: rate });
  const phases = turns.map((isHarness) => pace(isHarness ? ratePerSecond : 0));
  const schedule: BareSchedule = {
    periodMs: 1000 / ratePerSecond,
    stretchesNs: turns.flatMap((isHarness, index) =>
      isHarness ? [] : [[edgesNs[index] ?? 0, edgesNs[index + 1] ?? 0] as const],
    ),
    readAtNs: edgesNs,
  };
  const answered = once(bare, 'message');
  bare.send(schedule);
  await Promise.all([
    harness.ask('arm', { timeline, arrivals: { kind: 'periodic', ratePerSecond, phases, seed } }),
    clients.ask('arm', { timeline, arrivals: null }),
  ]);
  const [[bareReadings], { readings, turns: between }, share] = await Promise.all([
    answered,
    harness.ask('collect', null),
    clients.ask('collect', null),
  ]);
  const harnessReadings = [readings[0], ...between, readings[2]].filter((one) => one !== undefined);
  const costs = turns.map((isHarness, index) => {
    const used = usedUs(isHarness ? harnessReadings : bareReadings, index);
    return used / (share.phases[index]?.arrived ?? 0);
  });
  return ratiosOf(costs, turns).slice(UNCOUNTED);
}

function timelineOf(stretches: number): Timeline {
  const startUs = ARM_MS * 1000;
  const phaseEndsUs = Array.from(
    { length: stretches },
    (_, index) => startUs + (index + 1) * STRETCH_MS * 1000,
  );
  const windowEndUs = startUs + stretches * STRETCH_MS * 1000;
  return {
    epochNs: nowNs(),
    startUs,
    windowStartUs: startUs,
    windowEndUs,
    phaseEndsUs,
    lightEndUs: windowEndUs,
  };
}

function usedUs(readings: readonly CpuReading[], stretch: number): number {
  const [from, to] = [readings[stretch], readings[stretch + 1]];
  if (from === undefined || to === undefined)
    throw new Error('a server answered without all of its readings');
  return to.userUs + to.systemUs - from.userUs - from.systemUs;
}

function ratiosOf(costs: readonly number[], turns: readonly boolean[]): number[] {
  return Array.from({ length: costs.length / 2 }, (_, pair) => {
    const [first = 0, second = 0] = costs.slice(2 * pair, 2 * pair + 2);
    return turns[2 * pair] === true ? first / second : second / first;
  });
}
