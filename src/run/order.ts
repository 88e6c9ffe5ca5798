import type { ResolvedScenario } from '../measurements.ts';
import { seededRandom, shuffled } from '../stats/random.ts';

/** One round to come. */
export interface Turn {
  readonly transport: string;
  /** The block: each transport once. */
  readonly round: number;
  readonly scenario: ResolvedScenario;
  /** What sets it apart from turns with other scenarios, in a few words. */
  readonly point?: string;
}

/** All rounds, block by block, each block in its own seeded order, so that the machine's drift favours nobody. */
export function interleave(transports: readonly string[], scenario: ResolvedScenario): Turn[] {
  const { rounds, seed } = scenario;
  const random = seededRandom(seed);
  return Array.from({ length: rounds }, (_, index) =>
    shuffled(transports, random).map((transport) => ({ transport, round: index + 1, scenario })),
  ).flat();
}

/** The same for several points of a grid: a block holds each once in seeded order, its transports next to each other. */
export function interleavePoints(
  transports: readonly string[],
  points: readonly Pick<Turn, 'scenario' | 'point'>[],
  { rounds, seed }: { readonly rounds: number; readonly seed: number },
): Turn[] {
  const random = seededRandom(seed);
  return Array.from({ length: rounds }, (_, index) =>
    shuffled(points, random).flatMap((point) =>
      shuffled(transports, random).map((transport) => ({ ...point, transport, round: index + 1 })),
    ),
  ).flat();
}
