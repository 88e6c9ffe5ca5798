import { normalTails } from './student.ts';

/** With more values than this in both groups together the normal approximation is as good. */
const MOST_EXACT = 40;

/**
 * Mann and Whitney's test: how probable it is, two-sided, that two groups of the same kind lie at least so far apart.
 * Exact for small groups, ties included; null where a group is empty.
 */
export function mannWhitney(one: readonly number[], other: readonly number[]): number | null {
  if (one.length === 0 || other.length === 0) return null;
  const ranks = doubledRanks([...one, ...other]);
  const own = ranks.slice(0, one.length).reduce((sum, rank) => sum + rank, 0);
  const distance = Math.abs(own - one.length * (ranks.length + 1));
  const tails = ranks.length <= MOST_EXACT ? exactTails : approximateTails;
  return Math.min(1, tails(ranks, one.length, distance));
}

/** Twice the rank of each value, so that tied ones share a whole number. */
function doubledRanks(values: readonly number[]): number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length;
    const same = values.filter((other) => other === value).length;
    return 2 * below + same + 1;
  });
}

/** Counts, for every rank sum, the groups of that size that have it. */
function exactTails(ranks: readonly number[], size: number, distance: number): number {
  const most = ranks.reduce((sum, rank) => sum + rank, 0);
  const ways = Array.from({ length: size + 1 }, () => new Float64Array(most + 1));
  ways[0]?.fill(1, 0, 1);
  let reached = 0;
  for (const rank of ranks) {
    reached += rank;
    for (let taken = size; taken > 0; taken--) addShifted(ways[taken], ways[taken - 1], rank, reached);
  }
  const expected = size * (ranks.length + 1);
  let far = 0;
  let total = 0;
  ways[size]?.forEach((count, sum) => {
    total += count;
    if (Math.abs(sum - expected) >= distance) far += count;
  });
  return far / total;
}

/** Adds the counts of the groups with one value less, each at the sum that it comes to with this rank; a plain loop, for it is most of the work. */
function addShifted(counts?: Float64Array, fewer?: Float64Array, rank = 0, reached = 0): void {
  if (counts === undefined || fewer === undefined) return;
  for (let sum = rank; sum <= reached; sum++) {
    counts[sum] = (counts[sum] ?? 0) + (fewer[sum - rank] ?? 0);
  }
}

function approximateTails(ranks: readonly number[], size: number, distance: number): number {
  const many = ranks.length;
  const middle = many + 1;
  const spread = ranks.reduce((sum, rank) => sum + (rank - middle) ** 2, 0) / many;
  if (spread === 0) return 1;
  const variance = (size * (many - size) * spread) / (many - 1);
  // Half a rank on the way to the next sum that is possible.
  return normalTails(Math.max(0, distance - 1) / Math.sqrt(variance));
}
