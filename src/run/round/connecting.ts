import { setTimeout as sleep } from 'node:timers/promises';
import type { ConnectShare, Wave } from '../../clients/protocol.ts';
import type { Transport } from '../../contracts.ts';
import { roundTripMs } from '../../instrument/link/way.ts';
import type { ConnectCost, ResolvedScenario } from '../../measurements.ts';
import { hasObstacle } from '../../plan/fields/cluster.ts';
import { hasRelay, hasStanding } from '../../plan/fields/faults.ts';
import { transportOptions } from '../../plan/transport-options.ts';
import { type ServerReading, wireBetween } from '../../server/protocol.ts';
import { quantileOf } from '../../stats/quantile.ts';
import { carrierOf } from '../carrier.ts';
import { joinReadings } from '../nodes/join.ts';
import type { RoundProcesses } from '../processes.ts';

const WAVE = { least: 25, share: 1 / 400, most: 500 };

/**
 * How many come at once. Each wave waits for the slowest of the one before, so a larger crowd comes in larger ones; none
 * comes near what a server's backlog holds, nor what it has files to spare while a client changes its connection.
 */
export function waveOf(clients: number): number {
  return Math.min(WAVE.most, Math.max(WAVE.least, Math.ceil(clients * WAVE.share)));
}

/** Over a distance the next wave does not wait for the one before: it would wait for the distance most of the time. */
const WAVE_PACE_MS = 40;
const UPGRADE_MS = 10_000;
const UPGRADE_ROUND_TRIPS = 10;
const ASK_AGAIN_MS = 10;
const TELL_EVERY_MS = 1000;

/** A balancer that passes no upgrade on passes none on later. */
const OBSTRUCTED_UPGRADE_MS = 2_000;

/** Told now and then, while many come in, of how many have come and how long the others will take if they come as quickly. */
export type Came = (connected: number, remainingMs: number) => void;

/** How the clients came in. */
export interface Connected {
  readonly cost: Omit<ConnectCost, 'carrying'>;
  /** Resident memory before the first of them. */
  readonly idleRssBytes: number;
  /** The same of each node. */
  readonly idleRssBytesEach: readonly number[];
  /** What the connections are carried by once they have settled. */
  readonly carrying: ConnectCost['carrying'];
}

/** Opens all clients in bounded waves, in join order, and waits until each is carried as it should be. */
export async function connectAll(
  processes: RoundProcesses,
  urls: readonly string[],
  scenario: ResolvedScenario,
  transport: Transport,
  came: Came,
): Promise<Connected> {
  const beforeEach = await processes.nodes.readEach();
  const before = joinReadings(beforeEach);
  const shares = await openWaves(processes, urls, scenario, came);
  const carrying = await settled(processes, scenario, carrierOf(transport, scenario));
  const after = await processes.nodes.read();
  const idleRssBytesEach = beforeEach.map(({ rssBytes }) => rssBytes);
  return {
    cost: costOf(shares, before, after),
    idleRssBytes: before.rssBytes,
    idleRssBytesEach,
    carrying,
  };
}

async function openWaves(
  processes: RoundProcesses,
  urls: readonly string[],
  scenario: ResolvedScenario,
  came: Came,
): Promise<ConnectShare[]> {
  const { clients } = scenario;
  const options = transportOptions(scenario);
  const hasToWait = hasRelay(scenario) || hasObstacle(scenario);
  const waves: Promise<ConnectShare[]>[] = [];
  const size = waveOf(clients);
  const startMs = performance.now();
  let toldMs = startMs;
  for (let first = 0; first < clients; first += size) {
    const indexes = Array.from({ length: Math.min(size, clients - first) }, (_, offset) => first + offset);
    const wave = openWave(processes, { urls, indexes, options });
    waves.push(wave);
    // Whoever waits for all of them meets the failure.
    wave.catch(() => undefined);
    await (hasToWait ? Promise.race([wave, sleep(WAVE_PACE_MS)]) : wave);
    const nowMs = performance.now();
    if (nowMs - toldMs < TELL_EVERY_MS) continue;
    toldMs = nowMs;
    const connected = first + indexes.length;
    came(connected, ((nowMs - startMs) / connected) * (clients - connected));
  }
  return (await Promise.all(waves)).flat();
}

/** Opens one wave of clients, each in the process that holds it, at the same time. */
export function openWave(processes: RoundProcesses, wave: Wave): Promise<ConnectShare[]> {
  const byHolder = Map.groupBy(wave.indexes, (index) => processes.holderOf(index));
  return Promise.all(
    [...byHolder].map(([holder, mine]) => holder.ask('connect', { ...wave, indexes: mine })),
  );
}

async function settled(
  { witness, drivers }: RoundProcesses,
  scenario: ResolvedScenario,
  wanted: string,
): Promise<Record<string, number>> {
  const upgradeMs = hasObstacle(scenario) ? OBSTRUCTED_UPGRADE_MS : UPGRADE_MS;
  const deadline = performance.now() + upgradeMs + UPGRADE_ROUND_TRIPS * roundTripMs(scenario);
  for (;;) {
    const carrying = addUp(
      await Promise.all([witness, ...drivers].map((holder) => holder.ask('carrying', null))),
    );
    // Whoever something stands in the way of is not waited for.
    const isKeptOut = hasStanding(scenario) || hasObstacle(scenario);
    const there = isKeptOut ? sumOf(Object.values(carrying)) : scenario.clients;
    if ((carrying[wanted] ?? 0) === there || performance.now() > deadline) return carrying;
    await sleep(ASK_AGAIN_MS);
  }
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function costOf(
  shares: readonly ConnectShare[],
  before: ServerReading,
  after: ServerReading,
): Omit<ConnectCost, 'carrying'> {
  const latenciesMs = shares.flatMap((share) => share.latenciesMs);
  const firstNs = Math.min(...shares.map((share) => share.firstAttemptNs));
  const lastNs = Math.max(...shares.map((share) => share.lastSuccessNs));
  return {
    p50Ms: quantileOf(latenciesMs, 0.5),
    p99Ms: quantileOf(latenciesMs, 0.99),
    bytesUp: after.bytesUp - before.bytesUp,
    bytesDown: after.bytesDown - before.bytesDown,
    serverCpuUs: after.userUs + after.systemUs - before.userUs - before.systemUs,
    wire: wireBetween(before, after, 'bytes'),
    packets: wireBetween(before, after, 'packets'),
    totalMs: (lastNs - firstNs) / 1e6,
    refused: addUp(shares.map(({ refused }) => refused)),
  };
}

function addUp(counts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [name, many] of counts.flatMap(Object.entries<number>)) sums[name] = (sums[name] ?? 0) + many;
  return sums;
}
