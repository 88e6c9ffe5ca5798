import type { ResolvedScenario } from '../measurements.ts';

/** Witnesses stand evenly spread in the join order. */
export function isWitness(
  index: number,
  { clients, witnesses }: Pick<ResolvedScenario, 'clients' | 'witnesses'>,
): boolean {
  return Math.floor(((index + 1) * witnesses) / clients) > Math.floor((index * witnesses) / clients);
}
