import type { ClientsShare } from '../../clients/protocol.ts';
import type { Transport } from '../../contracts.ts';
import type { HostReading } from '../../instrument/host-load.ts';
import type { RelayShare } from '../../instrument/link/protocol.ts';
import { type CpuReading, cpuBetween } from '../../instrument/meter.ts';
import type { YardstickTime } from '../../instrument/yardstick.ts';
import type { ResolvedScenario, ServerCost } from '../../measurements.ts';
import { hasObstacle } from '../../plan/fields/cluster.ts';
import type { Missed, ServerShare } from '../../server/protocol.ts';
import type { Timeline } from '../../timeline.ts';
import type { Death } from '../nodes/node.ts';
import type { Connected } from '../round/connecting.ts';
import type { Struck } from '../round/faults/agenda.ts';
import type { Memory } from '../round/memory.ts';
import type { Spoken } from '../round/spoken.ts';

/** What one round's processes brought to light. */
export interface Observations {
  readonly transport: Transport;
  readonly scenario: ResolvedScenario;
  readonly timeline: Timeline;
  /** When each message of the window was due that a server says, after the epoch. */
  readonly dueUs: readonly number[];
  /** The window's messages with their speakers; empty where clients speak to one node. */
  readonly spoken: readonly Spoken[];
  /** What the server spent before any client came; null where that was not measured. */
  readonly alone: ServerCost['alone'];
  readonly connected: Connected;
  readonly memory: Memory;
  /** What the nodes add together, and each of them. */
  readonly server: ServerShare;
  readonly servers: readonly ServerShare[];
  /** Deliveries to clients that had been cut off on purpose. */
  readonly missed: Missed;
  readonly witness: ClientsShare;
  readonly drivers: readonly ClientsShare[];
  readonly relay: RelayShare | null;
  /** The CPU of the round's own Redis; null where there is none, or nobody saw. */
  readonly redis: readonly CpuReading[] | null;
  /** The same of what stands before the nodes. */
  readonly balancer: readonly CpuReading[] | null;
  /** One for each of the scenario's faults: when it really began and was over. */
  readonly struck: readonly Struck[];
  /** Server processes that ended though nobody ended them. */
  readonly deaths: readonly Death[];
  /** This process and the host at the window's two ends. */
  readonly host: readonly { readonly host: HostReading | null; readonly cpu: CpuReading }[];
}

/**
 * How many deliveries a server's messages are to make: what the servers counted themselves, or, where they may die or
 * know of their own clients only, every message of the schedule to every client.
 */
export function expectedOf(scenario: ResolvedScenario, dueUs: readonly number[], counted: number): number {
  const { nodes, faults, clients } = scenario;
  return nodes > 1 || faults.length > 0 || hasObstacle(scenario) ? dueUs.length * clients : counted;
}

/** The same with what is known around the round: all that it is judged by. */
export interface Evidence extends Observations {
  readonly round: number;
  /** How many cores the drivers and witnesses share. */
  readonly clientCores: number;
  readonly yardstick: { readonly before: YardstickTime; readonly after: YardstickTime };
}

/** The readings at the window's start, middle and end, and at the light load's end. */
export function edges<Reading>(readings: readonly Reading[]): [Reading, Reading, Reading, Reading] {
  const [start, middle, end, lightEnd] = readings;
  if (start === undefined || middle === undefined || end === undefined || lightEnd === undefined) {
    throw new Error('a process answered without all of its readings');
  }
  return [start, middle, end, lightEnd];
}

/** CPU microseconds between two readings. */
export function cpuUs(from: CpuReading, to: CpuReading): number {
  const { userUs, systemUs } = cpuBetween(from, to);
  return userUs + systemUs;
}

/** Sums one figure over the witness and all drivers. */
export function total({ witness, drivers }: Evidence, of: (share: ClientsShare) => number): number {
  return [witness, ...drivers].reduce((sum, share) => sum + of(share), 0);
}

/** How late whoever was latest with its part of the schedule said it. */
export function latest(
  { server, witness, drivers }: Evidence,
  which: 'slipP50Ms' | 'slipP90Ms' | 'slipP99Ms',
): number {
  return Math.max(...[server, witness, ...drivers].map(({ said }) => said[which]));
}

/** How much of a core a process used in the window. */
export function coreShare(readings: readonly CpuReading[]): number {
  const [start, , end] = edges(readings);
  return cpuUs(start, end) / ((end.atNs - start.atNs) / 1000);
}
