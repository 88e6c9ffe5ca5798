import { seededRandom, shuffled } from '../stats/random.ts';

/** The order in which clients speak by turns. */
export function speakingOrder(clients: number, seed: number): number[] {
  return shuffled(
    Array.from({ length: clients }, (_, index) => index),
    seededRandom(seed),
  );
}
