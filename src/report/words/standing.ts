import type { MetricKey, Report, Summary } from '../../measurements.ts';
import { compareTogether } from '../../stats/index.ts';

/** With fewer, a transport can neither lead nor be told from the one that does. */
const FEWEST_ROUNDS = 3;

/** A transport beside the best of its kind. */
export interface Placed {
  readonly transport: string;
  readonly median: number;
  /** How many times the best's figure, paired inside blocks. */
  readonly ratio: number;
}

/** The transports by one metric: those that cannot be told from the best, and the others from near to far. */
export interface Standing {
  readonly best: readonly Placed[];
  readonly others: readonly Placed[];
}

/** Who does best by a metric where less is better; undefined with fewer than two transports that have rounds enough. */
export function standingOf(report: Report, metric: MetricKey): Standing | undefined {
  const enough = report.summaries.filter(({ validRounds }) => validRounds >= FEWEST_ROUNDS);
  const medians = mediansOf(enough, metric).toSorted((a, b) => a.median - b.median);
  const [first, ...rest] = medians;
  if (first === undefined || rest.length === 0) return undefined;
  const best: Placed[] = [{ ...first, ratio: 1 }];
  const others: Placed[] = [];
  const names = rest.map(({ transport }) => transport);
  const comparisons = compareTogether(report.rounds, metric, names, first.transport);
  for (const { transport, median } of rest) {
    const found = comparisons.find((comparison) => comparison.transport === transport);
    if (found === undefined || found.low === null) continue;
    (found.verdict === 'higher' ? others : best).push({ transport, median, ratio: found.ratio });
  }
  others.sort((a, b) => a.ratio - b.ratio);
  return best.length + others.length < 2 ? undefined : { best, others };
}

/** Each transport that has the metric, in the report's order. */
export function mediansOf(
  summaries: readonly Summary[],
  metric: MetricKey,
): { readonly transport: string; readonly median: number }[] {
  return summaries.flatMap(({ transport, metrics }) => {
    const median = metrics[metric]?.median;
    return median === undefined ? [] : [{ transport, median }];
  });
}
