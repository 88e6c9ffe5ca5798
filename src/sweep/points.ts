import type { SweepPoint, Values } from '../measurements/sweep.ts';
import type { Round } from '../measurements.ts';
import { summarize } from '../stats/index.ts';

/** The points that differ in the first varied field only. */
export interface Line {
  readonly field: string;
  /** What the other varied fields are. */
  readonly at: Values;
  readonly points: readonly SweepPoint[];
}

/** What the rounds of one place in the grid come to, transport by transport; those without a round are absent. */
export function pointsAt(
  values: Values,
  rounds: readonly Round[],
  transports: readonly string[],
): SweepPoint[] {
  return summarize(rounds, transports)
    .filter((summary) => summary.rounds > 0)
    .map(({ transport, validRounds, metrics }) => {
      const own = rounds.filter((round) => round.transport === transport);
      return { values, transport, validRounds, metrics, rounds: own };
    });
}

/** The grid cut along its first field: one line for each combination of the others. */
export function linesOf(points: readonly SweepPoint[], field: string): Line[] {
  const groups = Map.groupBy(points, ({ values }) => JSON.stringify(others(values, field)));
  return [...groups.values()].map((own) => ({ field, at: others(own[0]?.values ?? {}, field), points: own }));
}

function others(values: Values, field: string): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => name !== field));
}
