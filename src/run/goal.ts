import type { Precision, Round } from '../measurements.ts';
import type { Plan, Until } from '../plan/plan.ts';
import { precisionOf } from '../stats/index.ts';

/** How far a run has come whose rounds are not counted. */
export interface Standing {
  /** No further block is worth its time, or there is none left for it. */
  readonly isOver: boolean;
  /** Half of the widest interval's width, as a share, and what it is to become; infinite before there is one. */
  readonly precision: { readonly reached: number; readonly wanted: number };
  readonly remainingMs: number;
}

/**
 * Whoever stops as soon as an interval looks narrow stops by luck. After this many blocks it costs little: in simulated
 * runs 91 to 97 of 100 such 95% intervals held.
 */
const LEAST_BLOCKS = 5;

/** Judges the finished rounds against what they are to reach; a run ends only with a whole block. */
export function standingOf(
  { metric, precision: wanted, maxTimeMs }: Until,
  transports: readonly string[],
  rounds: readonly Round[],
  elapsedMs: number,
): Standing {
  const blocks = rounds.length / transports.length;
  const blockMs = elapsedMs / blocks;
  const leftMs = maxTimeMs - elapsedMs;
  const found = precisionOf(rounds, metric, transports);
  const reached = found ?? Number.POSITIVE_INFINITY;
  // So many valid rounds and still no figure: more will not bring one.
  const validOf = (name: string) =>
    rounds.filter(({ transport, valid }) => valid && transport === name).length;
  const cannotBe = transports.every((name) => validOf(name) >= LEAST_BLOCKS);
  const isEnough = blocks >= LEAST_BLOCKS && (reached <= wanted || (found === undefined && cannotBe));
  // Intervals narrow with the root of the rounds.
  const needed = Math.max(LEAST_BLOCKS, blocks * (reached / wanted) ** 2);
  return {
    isOver: Number.isInteger(blocks) && (isEnough || blockMs > leftMs),
    precision: { reached, wanted },
    remainingMs: Math.max(0, Math.min(leftMs, (needed - blocks) * blockMs)),
  };
}

/** What the report says of it; null where the rounds were counted. */
export function reachedBy({ until, transports }: Plan, rounds: readonly Round[]): Precision | null {
  if (!until) return null;
  const { metric, precision: wanted, maxTimeMs } = until;
  const found = precisionOf(rounds, metric, transports);
  const reached = found !== undefined && Number.isFinite(found) ? found : null;
  return { metric, wanted, reached, maxTimeMs };
}
