import { seededRandom } from '../../src/stats/index.ts';

/** How rounds may scatter, with a spread of about one. */
export const NOISES = ['normal', 'heavy-tailed', 'contaminated'] as const;
export type Noise = (typeof NOISES)[number];

/** A seeded source of one kind of scatter around zero. */
export function noiseOf(kind: Noise, seed: number): () => number {
  const random = seededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  if (kind === 'normal') return normal;
  // One round in ten that scatters five times as far; or Student's t with three degrees of freedom.
  if (kind === 'contaminated') return () => normal() * (random() < 0.1 ? 5 : 1);
  return () => normal() / Math.sqrt((normal() ** 2 + normal() ** 2 + normal() ** 2) / 3);
}

/** So many values of a source. */
export function drawn(source: () => number, many: number): number[] {
  return Array.from({ length: many }, source);
}
