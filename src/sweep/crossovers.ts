import type { Crossing, Crossover, Step, SweepPoint } from '../measurements/sweep.ts';
import type { Round } from '../measurements.ts';
import { compareBy, metricOf } from '../stats/index.ts';
import type { Line } from './points.ts';

/** What two transports are compared by at each point. */
type Figure = { readonly metric: Crossover['metric']; of(round: Round): number | null };

/** Every two transports along a line, by each metric. */
export function crossoversOf(
  line: Line,
  transports: readonly string[],
  metrics: readonly Exclude<Crossover['metric'], 'overall'>[],
): Crossover[] {
  const pairs = transports.flatMap((transport, index) =>
    transports.slice(index + 1).map((against) => [transport, against] as const),
  );
  return metrics.flatMap((metric) =>
    pairs.map((pair) => crossoverOf(line, pair, { metric, of: (round) => metricOf(round, metric) })),
  );
}

/** Two transports along a line, by any figure. */
export function crossoverOf(
  { field, at, points }: Line,
  [transport, against]: readonly [string, string],
  { metric, of }: Figure,
): Crossover {
  const byValue = Map.groupBy(points, ({ values }) => values[field] ?? Number.NaN);
  const steps = [...byValue]
    .toSorted(([one], [other]) => one - other)
    .flatMap(([value, own]): Step[] => {
      const [found] = compareBy(roundsOf(own), of, [transport], against);
      if (found === undefined) return [];
      const { ratio, low, high, verdict } = found;
      return [{ value, ratio, low, high, verdict }];
    });
  return { metric, field, at, transport, against, steps, crossings: crossingsOf(steps) };
}

/** Between each value at which one order is told and the next at which the other is. */
export function crossingsOf(steps: readonly Step[]): Crossing[] {
  const crossings: Crossing[] = [];
  let last: Step | undefined;
  for (const step of steps) {
    if (step.verdict === 'indistinguishable') continue;
    const below = last?.verdict;
    if (
      last !== undefined &&
      below !== undefined &&
      below !== 'indistinguishable' &&
      below !== step.verdict
    ) {
      const inside = steps.slice(steps.indexOf(last), steps.indexOf(step) + 1);
      crossings.push({ below, from: last.value, to: step.value, near: passingOf(inside) });
    }
    last = step;
  }
  return crossings;
}

/** Where the ratio first passes 1, as if it ran straight between neighbours on logarithmic axes. */
function passingOf(steps: readonly Step[]): number {
  // A field that can be zero has no logarithm there.
  const isLog = steps.every(({ value }) => value > 0);
  const xs = steps.map(({ value }) => (isLog ? Math.log(value) : value));
  const ys = steps.map(({ ratio }) => Math.log(ratio));
  const first = Math.sign(ys[0] ?? 0);
  const after = ys.findIndex((y) => Math.sign(y) !== first);
  const [x0 = 0, x1 = 0, y0 = 0, y1 = 0] = [xs[after - 1], xs[after], ys[after - 1], ys[after]];
  const x = x0 + ((x1 - x0) * y0) / (y0 - y1);
  return isLog ? Math.exp(x) : x;
}

function roundsOf(points: readonly SweepPoint[]): Round[] {
  return points.flatMap(({ rounds }) => rounds);
}
