import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { ClientsCalls } from '../../src/clients/protocol.ts';
import { nowNs } from '../../src/instrument/clock.ts';
import { choosePinning } from '../../src/instrument/pinning.ts';
import { RoleProcess } from '../../src/instrument/role-process.ts';
import type { ResolvedScenario } from '../../src/measurements.ts';
import { transportOptions } from '../../src/plan/transport-options.ts';
import { runPlan } from '../../src/run/index.ts';
import { median } from './product.ts';

const PAIRS = 7;
const WARM_MS = 2500;
const WAVE = 50;

/** CPU per delivery of rtbench's server over a bare server's doing the same sends, in pairs: the median and each. */
export async function harnessOverhead(
  scenario: ResolvedScenario,
): Promise<{ median: number; pairs: readonly number[] }> {
  const ratios: number[] = [];
  for (let pair = 0; pair < PAIRS; pair++) {
    const order = pair % 2 === 0 ? [harnessUs, bareUs] : [bareUs, harnessUs];
    const costs = new Map<typeof bareUs, number>();
    for (const cost of order) costs.set(cost, await cost(scenario));
    ratios.push((costs.get(harnessUs) ?? 0) / (costs.get(bareUs) ?? 0));
    console.error(`  pair ${pair + 1} of ${PAIRS}: ${ratios.at(-1)?.toFixed(3)}`);
  }
  return { median: median(ratios), pairs: ratios };
}

async function harnessUs(scenario: ResolvedScenario): Promise<number> {
  const plan = { command: ['bench'], transports: ['websocket'], scenario: { ...scenario, rounds: 1 } };
  const { rounds, failure } = await runPlan(plan, () => undefined, new AbortController().signal);
  const [round] = rounds;
  if (round === undefined) throw new Error(failure ?? 'no round');
  return (round.server.cpuUserUs + round.server.cpuSystemUs) / round.delivery.arrivedInWindow;
}

async function bareUs(scenario: ResolvedScenario): Promise<number> {
  const pinning = choosePinning();
  const core = pinning?.server.join(',') ?? '0';
  // Started by taskset like rtbench's own server; the bare one has no other arguments.
  const server = fork(join(import.meta.dirname, 'bare-server.ts'), [String(scenario.ratePerSecond)], {
    execPath: 'taskset',
    execArgv: ['--cpu-list', core, process.execPath],
  });
  const [port] = await once(server, 'message');
  const clients = new RoleProcess<ClientsCalls>('clients', pinning?.clients);
  await clients.ask('start', { transport: 'websocket', ca: null, seed: 1 });
  const url = `http://127.0.0.1:${port}/`;
  const options = transportOptions(scenario);
  for (let first = 0; first < scenario.clients; first += WAVE) {
    const indexes = Array.from({ length: WAVE }, (_, offset) => first + offset);
    await clients.ask('connect', { url, indexes, options });
  }
  const windowStartUs = WARM_MS * 1000;
  const windowEndUs = windowStartUs + scenario.durationMs * 1000;
  const epochNs = nowNs();
  await clients.ask('arm', {
    epochNs,
    startUs: 0,
    windowStartUs,
    windowEndUs,
    lightEndUs: windowEndUs + 100_000,
  });
  server.send([epochNs + windowStartUs * 1000, epochNs + windowEndUs * 1000]);
  const [cpuUs] = await once(server, 'message');
  const { arrivedInHalves } = await clients.ask('collect', null);
  await clients.end();
  server.kill('SIGKILL');
  return cpuUs / (arrivedInHalves[0] + arrivedInHalves[1]);
}
