import { addressOf } from '../../../clients/fleet.ts';
import { nowNs } from '../../../instrument/clock.ts';
import { isLinkFault, type LinkFault } from '../../../instrument/link/faults/names.ts';
import type { Fault } from '../../../measurements.ts';
import type { RoundProcesses } from '../../processes.ts';

/** How one fault is made and ended; both answer with the instant at which that took effect. */
export interface Strike {
  begin(): Promise<number>;
  end(): Promise<number>;
  /** Whether it must be ended before anything can be asked, though it was to stay. */
  readonly isInTheWay: boolean;
}

/** What it takes to make a fault. */
export function strikeOf(fault: Fault, processes: RoundProcesses): Strike {
  const name = fault.fault;
  if (isLinkFault(name)) return onLink(name, processes);
  return name === 'redis-kill' || name === 'redis-freeze'
    ? onRedis(name, processes)
    : onNode(name, fault, processes);
}

function onNode(
  name: 'server-kill' | 'server-restart' | 'server-freeze',
  { node, forMs }: Fault,
  { nodes }: RoundProcesses,
): Strike {
  const struck = nodes.all[node - 1];
  if (struck === undefined) throw new Error(`there is no node ${node}`);
  if (name === 'server-freeze') {
    return { begin: () => struck.freeze(), end: async () => struck.thaw(), isInTheWay: true };
  }
  const comesBack = forMs !== null;
  const begin = () => (name === 'server-kill' ? struck.kill(comesBack) : struck.retire(comesBack));
  return { begin, end: () => struck.revive(), isInTheWay: false };
}

/** The one client whose reading stops. */
const STALLED_CLIENT = 0;

function onLink(fault: LinkFault, { relay }: RoundProcesses): Strike {
  const struck = fault === 'client-stall' ? { addresses: [addressOf(STALLED_CLIENT)] } : {};
  const turn = (begins: boolean) => asItBegins(async () => relay?.ask('fault', { fault, begins, ...struck }));
  return { begin: () => turn(true), end: () => turn(false), isInTheWay: true };
}

function onRedis(name: 'redis-kill' | 'redis-freeze', { redis }: RoundProcesses): Strike {
  if (name === 'redis-freeze') {
    const [begin, end] = [() => redis?.freeze(), () => redis?.thaw()];
    return { begin: () => asItBegins(begin), end: () => asItBegins(end), isInTheWay: true };
  }
  const end = async () => {
    await redis?.restart();
    return nowNs();
  };
  return { begin: () => asItBegins(() => redis?.kill()), end, isInTheWay: false };
}

/** The instant before something whose effect may be felt sooner than its answer comes. */
async function asItBegins(act: () => Promise<unknown> | undefined): Promise<number> {
  const atNs = nowNs();
  await act();
  return atNs;
}
