import { isDeepStrictEqual } from 'node:util';
import { usesRedis } from '../../cluster/whereabouts.ts';
import { isLookingIn } from '../../instrument/link/faults/names.ts';
import type { Fault, ResolvedScenario } from '../../measurements.ts';
import { faultsReading, partOf } from '../fields/faults.ts';
import { type Origins, placeOf } from '../scenario/overlay.ts';
import { expected } from '../wording.ts';

const APPLICATIONS = ['broadcast', 'idle'];

/** Refuses faults that cannot be made here, or that contradict each other. */
export function checkFaults(scenario: ResolvedScenario, origins: Origins): void {
  const { faults, application } = scenario;
  if (faults.length === 0) return;
  if (!APPLICATIONS.includes(application)) {
    const reason = `: faults are for ${APPLICATIONS.join(' and ')}`;
    throw expected(placeOf('faults', origins), `none in ${application}`, faults.map(told).join(', '), reason);
  }
  const refuse = (what: string, fault: Fault) => expected(placeOfFault(fault, origins), what, told(fault));
  for (const fault of faults) {
    const problem = problemOf(fault, scenario);
    if (problem !== undefined) throw refuse(problem, fault);
  }
  for (const [index, fault] of faults.entries()) {
    const other = faults.slice(0, index).find((before) => contradicts(before, fault));
    if (other !== undefined) throw refuse(`over before the next of its kind begins (${told(other)})`, fault);
  }
}

/** Where a file has that very fault, or where all of them are. */
function placeOfFault(fault: Fault, origins: Origins): string {
  const { items = [] } = origins.faults ?? {};
  const item = items.find(({ text }) => isDeepStrictEqual(faultsReading.read(text)?.[0], fault));
  return item?.place ?? placeOf('faults', origins);
}

function problemOf({ fault, atMs, forMs, node }: Fault, scenario: ResolvedScenario): string | undefined {
  const { durationMs, tls, nodes, adapter, redis } = scenario;
  if ((atMs ?? 0) + (forMs ?? 0) > durationMs || (atMs ?? 0) >= durationMs) {
    return `within the window of ${durationMs}ms (\`--faults none\` leaves all of them out)`;
  }
  if (node > nodes) return `on one of ${nodes} nodes`;
  if (tls && isLookingIn(fault)) return 'one that does not look into what passes, since there is --tls';
  if (partOf(fault) !== 'redis') return undefined;
  if (!usesRedis({ nodes, adapter })) return 'with several --nodes and a redis --adapter';
  return redis === 'own' ? undefined : 'with a redis-server of this run (--redis own)';
}

function contradicts(before: Fault, after: Fault): boolean {
  const part = partOf(before.fault);
  if (part !== partOf(after.fault) || (part === 'server' && before.node !== after.node)) return false;
  return before.forMs === null || (before.atMs ?? 0) + before.forMs > (after.atMs ?? 0);
}

/** A fault as it is written. */
function told({ fault, atMs, forMs, node }: Fault): string {
  const at = atMs === null ? 'start' : `${atMs}ms`;
  return `${fault} at ${at}${forMs === null ? '' : ` for ${forMs}ms`}${node === 1 ? '' : ` on ${node}`}`;
}
