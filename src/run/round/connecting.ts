import { setTimeout as sleep } from 'node:timers/promises';
import type { ConnectShare, Wave } from '../../clients/protocol.ts';
import type { Transport, TransportOptions } from '../../contracts.ts';
import type { ConnectCost } from '../../measurements.ts';
import { type ServerReading, wireBetween } from '../../server/protocol.ts';
import { quantileOf } from '../../stats/quantile.ts';
import type { RoundProcesses } from '../processes.ts';

const WAVE = 25;
const UPGRADE_MS = 10_000;
const ASK_AGAIN_MS = 10;

/** How the clients came in. */
export interface Connected {
  readonly cost: ConnectCost;
  /** Resident memory before the first of them. */
  readonly idleRssBytes: number;
  /** What the connections are carried by once they have settled. */
  readonly carrying: Readonly<Record<string, number>>;
}

/** Opens all clients in bounded waves, in join order, and waits until each is carried as it should be. */
export async function connectAll(
  processes: RoundProcesses,
  url: string,
  clients: number,
  transport: Transport,
  options: TransportOptions,
): Promise<Connected> {
  const before = await processes.server.ask('read', null);
  const shares: ConnectShare[] = [];
  for (let first = 0; first < clients; first += WAVE) {
    const indexes = Array.from({ length: Math.min(WAVE, clients - first) }, (_, offset) => first + offset);
    shares.push(...(await openWave(processes, { url, indexes, options })));
  }
  const carrying = await settled(processes, clients, transport.carries);
  const after = await processes.server.ask('read', null);
  return { cost: costOf(shares, before, after), idleRssBytes: before.rssBytes, carrying };
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
  clients: number,
  wanted: string,
): Promise<Record<string, number>> {
  const deadline = performance.now() + UPGRADE_MS;
  for (;;) {
    const counts = await Promise.all([witness, ...drivers].map((holder) => holder.ask('count', null)));
    const carrying: Record<string, number> = {};
    for (const count of counts) {
      for (const [name, many] of Object.entries(count.carrying))
        carrying[name] = (carrying[name] ?? 0) + many;
    }
    if (carrying[wanted] === clients || performance.now() > deadline) return carrying;
    await sleep(ASK_AGAIN_MS);
  }
}

function costOf(shares: readonly ConnectShare[], before: ServerReading, after: ServerReading): ConnectCost {
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
  };
}
