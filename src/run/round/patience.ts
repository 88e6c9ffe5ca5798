import type { ResolvedScenario } from '../../measurements.ts';

const EACH_CLIENT_MS = 0.2;

/** How long one message to all clients may be under way before it is given up, beside what a few would take: a hundred thousand take seconds. */
export function longestBroadcastMs({ clients }: Pick<ResolvedScenario, 'clients'>): number {
  return clients * EACH_CLIENT_MS;
}
