import type { Transport } from '../contracts.ts';
import type { ResolvedScenario } from '../measurements.ts';

/** What the connections should be carried by once they have settled: the library's way out where upgrades are refused. */
export function carrierOf(
  transport: Transport,
  { faults, balancerMistake }: Pick<ResolvedScenario, 'faults' | 'balancerMistake'>,
): string {
  const isRefused =
    balancerMistake === 'no-upgrade' ||
    faults.some(({ fault, atMs }) => atMs === null && fault.startsWith('upgrade-'));
  return isRefused && transport.name === 'socketio' ? 'polling' : transport.carries;
}
