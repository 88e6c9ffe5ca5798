import type { Flag, FlagCode } from '../../../measurements.ts';
import { hasObstacle } from '../../../plan/fields/cluster.ts';
import type { Evidence } from '../evidence.ts';

/** What a balancer that is configured wrong does to clients: there it is the finding, and no reason for doubt. */
const FINDINGS: readonly FlagCode[] = ['messages-lost', 'clients-dropped', 'transport-mismatch'];

/** The flags of a round whose balancer may keep clients out, and a word about those that it did. */
export function besideObstacle({ scenario, connected }: Evidence, flags: readonly Flag[]): Flag[] {
  if (!hasObstacle(scenario)) return [...flags];
  const found = flags.map((flag) => (FINDINGS.includes(flag.code) ? { ...flag, fatal: false } : flag));
  const refusals = Object.entries(connected.cost.refused);
  const refused = refusals.reduce((sum, [, many]) => sum + many, 0);
  if (refused === 0) return found;
  const message = `${refused} of ${scenario.clients} clients did not come in: ${refusals[0]?.[0]}`;
  return [{ code: 'clients-dropped', message, fatal: false }, ...found];
}
