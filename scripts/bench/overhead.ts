import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { nowNs } from '../../src/instrument/clock.ts';
import { choosePinning } from '../../src/instrument/pinning.ts';
import type { ResolvedScenario } from '../../src/measurements.ts';
import { transportOptions } from '../../src/plan/transport-options.ts';
import { runPlan } from '../../src/run/index.ts';
import { startProcesses } from '../../src/run/processes.ts';
import { openWave } from '../../src/run/round/connecting.ts';
import { medianOf } from '../../src/stats/index.ts';
import { websocket } from '../../src/transports/websocket/index.ts';

const PAIRS = 10;
const WARM_MS = 2500;
const WAVE = 25;

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
  return { median: medianOf(ratios) ?? Number.NaN, pairs: ratios };
}

async function harnessUs(scenario: ResolvedScenario): Promise<number> {
  const plan = {
    command: ['bench'],
    transports: ['websocket'],
    isolate: 'off',
    scenario: { ...scenario, rounds: 1 },
  } as const;
  const { rounds, failure } = await runPlan(plan, () => undefined, new AbortController().signal);
  const [round] = rounds;
  if (round === undefined) throw new Error(failure ?? 'no round');
  return (round.server.cpuUserUs + round.server.cpuSystemUs) / round.delivery.arrivedInWindow;
}

async function bareUs(scenario: ResolvedScenario): Promise<number> {
  const pinning = choosePinning();
  // The same clients in the same processes; only the server is another.
  const place = { pinning, namespace: null, signal: new AbortController().signal };
  const processes = startProcesses(websocket, scenario, place);
  const holders = [processes.witness, ...processes.drivers];
  const start = { transport: 'websocket', scenario, crowd: scenario.crowd, ca: null, sabotage: null };
  await Promise.all(holders.map((holder) => holder.ask('start', start)));
  const server = fork(join(import.meta.dirname, 'bare-server.ts'), [String(scenario.ratePerSecond)], {
    execPath: 'taskset',
    execArgv: ['--cpu-list', pinning?.server.join(',') ?? '0', process.execPath],
  });
  const [port] = await once(server, 'message');
  const url = `http://127.0.0.1:${port}/`;
  const options = transportOptions(scenario);
  for (let first = 0; first < scenario.clients; first += WAVE) {
    const indexes = Array.from({ length: WAVE }, (_, offset) => first + offset);
    await openWave(processes, { urls: [url], indexes, options });
  }
  const windowStartUs = WARM_MS * 1000;
  const windowEndUs = windowStartUs + scenario.durationMs * 1000;
  const epochNs = nowNs();
  const lightEndUs = windowEndUs + 100_000;
  const timeline = { epochNs, startUs: 0, windowStartUs, windowEndUs, phaseEndsUs: [], lightEndUs };
  await Promise.all(holders.map((holder) => holder.ask('arm', { timeline, arrivals: null })));
  server.send([epochNs + windowStartUs * 1000, epochNs + windowEndUs * 1000]);
  const [cpuUs] = await once(server, 'message');
  const shares = await Promise.all(holders.map((holder) => holder.ask('collect', null)));
  await processes.end();
  server.kill('SIGKILL');
  const arrived = shares.flatMap(({ arrivedInHalves }) => arrivedInHalves);
  return cpuUs / arrived.reduce((sum, count) => sum + count, 0);
}
