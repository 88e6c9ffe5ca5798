import type { ResolvedScenario } from '../measurements.ts';
import { scenarioFor } from '../plan/transport-options.ts';
import { seededRandom, shuffled } from '../stats/random.ts';

/** One round to come. */
export interface Turn {
  readonly transport: string;
  /** The block: each transport once. */
  readonly round: number;
  readonly scenario: ResolvedScenario;
}

/** All rounds, block by block, each block in its own seeded order, so that the machine's drift favours nobody. */
export function interleave(transports: readonly string[], scenario: ResolvedScenario): Turn[] {
  const { rounds, seed } = scenario;
  const random = seededRandom(seed);
  return Array.from({ length: rounds }, (_, index) =>
    shuffled(transports, random).map((transport) => ({
      transport,
      round: index + 1,
      scenario: scenarioFor(transport, scenario),
    })),
  ).flat();
}
