import type { Quantity, Sweep } from '../measurements/sweep.ts';
import type { Head, Round } from '../measurements.ts';
import type { RunEvent } from '../run/events.ts';
import { flagOutliers } from '../run/judge/outliers.ts';
import { counted, expectedMs, tellTurns } from '../run/rounds.ts';
import { type Calibrated, holdSession } from '../run/session.ts';
import { crossoversOf } from './crossovers.ts';
import { type SweepPlan, turnsOf } from './plan.ts';
import { linesOf, pointsAt } from './points.ts';
import { slopesOf } from './slopes.ts';

/** What is looked at along any field, whatever the tables show. */
const ALWAYS: readonly Quantity[] = ['serverCpuPercent', 'heapBytes'];

/** Runs a sweep round by round; an abort or a failure ends the round under way and keeps the finished ones. */
export async function runSweep(
  plan: SweepPlan,
  observe: (event: RunEvent) => void,
  signal: AbortSignal,
  calibrated: Calibrated,
): Promise<Sweep> {
  const turns = turnsOf(plan);
  const finished = plan.points.map((): Round[] => []);
  const placeOf = new Map(plan.points.map(({ scenario }, index) => [scenario, index]));
  observe({ kind: 'planned', rounds: turns.length, expectedMs: expectedMs(turns) });
  const head = await holdSession(plan, calibrated, signal, (surroundings) =>
    tellTurns(turns, surroundings, observe, (index, round) => {
      const scenario = turns[index]?.scenario;
      const place = scenario === undefined ? undefined : placeOf.get(scenario);
      if (place !== undefined) finished[place]?.push(round);
      return counted(turns, index);
    }),
  );
  return sweepOf(plan, finished, head);
}

/** What the rounds of each point come to. */
export function sweepOf(
  { vary, transports, metrics, points: planned }: SweepPlan,
  rounds: readonly (readonly Round[])[],
  head: Head,
): Sweep {
  const points = planned.flatMap(({ values }, index) =>
    pointsAt(values, flagOutliers(rounds[index] ?? []), transports),
  );
  // Words have no order along which anything could cross or rise.
  const lines = vary[0]?.names === null ? linesOf(points, vary[0].field) : [];
  const quantities = [...new Set<Quantity>([...ALWAYS, ...metrics])];
  return {
    schema: 'rtbench/sweep@1',
    ...head,
    vary,
    transports,
    metrics,
    points,
    crossovers: lines.flatMap((line) => crossoversOf(line, transports, metrics)),
    slopes: lines.flatMap((line) => slopesOf(line, transports, quantities)),
  };
}
