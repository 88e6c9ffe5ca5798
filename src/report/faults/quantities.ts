import type { FaultName, FaultResult, Spread } from '../../measurements.ts';
import { figure, NONE, percentage } from '../numbers.ts';
import { lostShareOf } from './outcome.ts';

/** What stands where something never happened. */
export const NEVER = 'never';
/** Behind a time that not all clients had. */
const NOT_ALL = '…';
/** Shorter times are of no account beside the faults. */
const LEAST_S = 0.01;

/** One line of a fault: what it is called, and what a transport has there. */
export interface Quantity {
  readonly name: string;
  /** In as few characters as can be. */
  short(result: FaultResult): string;
  /** With the slowest client, where there is room. */
  full(result: FaultResult): string;
  /** What the best is judged by. */
  value(result: FaultResult): number | null;
}

/** What is told of each fault, in this order. */
export const quantities: readonly Quantity[] = [
  timed('noticed, s', ({ clientsNoticed }) => clientsNoticed, isUnnoticeable),
  timed('by server, s', ({ serverNoticed }) => serverNoticed, isServerAway),
  timed(
    'recovered, s',
    ({ recovered }) => recovered,
    ({ expected, endedMs }) => expected === 0 || endedMs === null,
  ),
  {
    name: 'lost, %',
    short: (result) => percentage(lostShareOf(result)),
    full: (result) => percentage(lostShareOf(result)),
    value: lostShareOf,
  },
];

/** A time in seconds, with two digits. */
export function seconds(ms: number | null): string {
  if (ms === null) return NONE;
  return ms > 0 && ms / 1000 < LEAST_S ? `<${LEAST_S}` : figure(ms / 1000, 2);
}

function timed(
  name: string,
  of: (result: FaultResult) => Spread,
  isVoid: (result: FaultResult) => boolean,
): Quantity {
  const isRecovery = name.startsWith('recovered');
  const told = (result: FaultResult, show: (spread: Spread) => string) => {
    const spread = of(result);
    if (spread.clients === 0) return isVoid(result) ? NONE : NEVER;
    return show(spread) + (isRecovery && result.silentClients > 0 ? NOT_ALL : '');
  };
  return {
    name,
    short: (result) => told(result, ({ p50Ms }) => seconds(p50Ms)),
    full: (result) => told(result, spreadOf),
    value: (result) => of(result).p50Ms,
  };
}

/** `0.31–0.94`: half of them, and the last. */
function spreadOf({ p50Ms, maxMs }: Spread): string {
  const [half, last] = [seconds(p50Ms), seconds(maxMs)];
  return half === last ? half : `${half}–${last}`;
}

/** Faults that end no connection. */
const HARMLESS: readonly FaultName[] = ['link-slow', 'buffering', 'redis-kill', 'redis-freeze'];

/** A server that is gone notices nothing. */
export function isServerAway(result: FaultResult): boolean {
  return result.fault.startsWith('server-') || isUnnoticeable(result);
}

/** No connection was broken, or nobody was there when it began, or what was due came to everybody nevertheless. */
export function isUnnoticeable(result: FaultResult): boolean {
  const { fault, beganMs, expected, lost, silentClients } = result;
  if (beganMs === null || HARMLESS.includes(fault)) return true;
  return expected > 0 && lost === 0 && silentClients === 0;
}
