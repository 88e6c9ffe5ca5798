import type { Criterion, CriterionName, Judged, Ranked } from '../measurements/advice.ts';
import type { MetricKey, Round } from '../measurements.ts';
import { compareBy, compareTogether, estimate, metricOf } from '../stats/index.ts';

/** With fewer valid rounds a transport has no interval, and so no place. */
export const FEWEST_ROUNDS = 3;

/** What counts, and by which metrics it can be told, the better one first. */
const CRITERIA: readonly { readonly name: CriterionName; readonly metrics: readonly MetricKey[] }[] = [
  { name: 'latency', metrics: ['latencyP50Ms'] },
  { name: 'server CPU', metrics: ['serverCpuPerMessageUs', 'serverCpuPerClientMinuteMs'] },
  {
    name: 'bytes',
    metrics: [
      'wireBytesPerMessage',
      'appBytesPerMessage',
      'wireBytesPerClientMinute',
      'appBytesPerClientMinute',
    ],
  },
  { name: 'memory', metrics: ['memoryPerClientBytes'] },
];

/** A transport's place and the figures behind it. */
export type Place = Pick<Ranked, 'place' | 'transport' | 'overall' | 'criteria'>;

/** The transports with rounds enough to be given a place. */
export function rankable(rounds: readonly Round[], transports: readonly string[]): string[] {
  const validOf = (name: string) => rounds.filter(({ transport, valid }) => valid && transport === name);
  return transports.filter((transport) => validOf(transport).length >= FEWEST_ROUNDS);
}

/** The criteria that every valid round of these transports can tell. */
export function criteriaOf(rounds: readonly Round[], transports: readonly string[]): Criterion[] {
  const own = rounds.filter(({ transport, valid }) => valid && transports.includes(transport));
  if (own.length === 0) return [];
  return CRITERIA.flatMap(({ name, metrics }) => {
    const metric = metrics.find((key) => own.every((round) => (metricOf(round, key) ?? 0) > 0));
    return metric === undefined ? [] : [{ name, metric }];
  });
}

/** All criteria of a round in one figure, of which only ratios mean something: their geometric mean. */
export function overallOf(criteria: readonly Criterion[]): (round: Round) => number | null {
  return (round) => {
    const values = criteria.map(({ metric }) => metricOf(round, metric));
    const logs = values.map((value) => (value === null || value <= 0 ? Number.NaN : Math.log(value)));
    const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
    return Number.isNaN(mean) ? null : Math.exp(mean);
  };
}

/** Best first; those that cannot be told from the best of what is left share its place. */
export function rank(
  rounds: readonly Round[],
  transports: readonly string[],
  criteria: readonly Criterion[],
): Place[] {
  if (criteria.length === 0) return [];
  const overall = overallOf(criteria);
  const groups = groupsOf(rounds, transports, overall);
  const first = groups[0]?.[0];
  if (first === undefined) return [];
  const toFirst = ratiosTo(rounds, first, transports, overall);
  const judged = criteria.map((criterion) => judgedBy(criterion, rounds, transports));
  return groups.flatMap((group, index) => {
    const place = groups.slice(0, index).flat().length + 1;
    return group.map((transport): Place => {
      const found = toFirst.find((one) => one.transport === transport);
      const told = found && { ratio: found.ratio, low: found.low, high: found.high, verdict: found.verdict };
      const own = judged.flatMap((byTransport) => byTransport.get(transport) ?? []);
      return { place, transport, overall: told ?? null, criteria: own };
    });
  });
}

/** The best and whoever cannot be told from it, then the same of the others, and so on. */
function groupsOf(
  rounds: readonly Round[],
  transports: readonly string[],
  overall: (round: Round) => number | null,
): string[][] {
  const [any] = transports;
  if (any === undefined) return [];
  const [first = any] = ordered(any, ratiosTo(rounds, any, transports, overall));
  const ratios = ratiosTo(rounds, first, transports, overall);
  const behind = ratios.filter(({ verdict }) => verdict === 'higher').map(({ transport }) => transport);
  const best = ordered(first, ratios).filter((transport) => !behind.includes(transport));
  return [best, ...groupsOf(rounds, behind, overall)];
}

function ratiosTo(
  rounds: readonly Round[],
  against: string,
  transports: readonly string[],
  overall: (round: Round) => number | null,
): ReturnType<typeof compareBy> {
  const others = transports.filter((transport) => transport !== against);
  return compareBy(rounds, overall, others, against);
}

/** From low to high, the one that the ratios are to among them. */
function ordered(
  base: string,
  ratios: readonly { readonly transport: string; readonly ratio: number }[],
): string[] {
  return [{ transport: base, ratio: 1 }, ...ratios]
    .toSorted((a, b) => a.ratio - b.ratio)
    .map(({ transport }) => transport);
}

/** Every transport by one criterion, beside the best of it. */
function judgedBy(
  criterion: Criterion,
  rounds: readonly Round[],
  transports: readonly string[],
): ReadonlyMap<string, Judged> {
  const { metric } = criterion;
  const estimates = transports.flatMap((name) => {
    const own = rounds.filter(({ transport, valid }) => valid && transport === name);
    const found = estimate(own.map((round) => metricOf(round, metric)).filter((value) => value !== null));
    return found === undefined ? [] : [{ name, ...found }];
  });
  const [best] = estimates.toSorted((a, b) => a.median - b.median);
  const others = transports.filter((name) => name !== best?.name);
  const ratios = best === undefined ? [] : compareTogether(rounds, metric, others, best.name);
  return new Map(
    estimates.map(({ name, ...own }) => {
      const found = ratios.find(({ transport }) => transport === name);
      const isBest = name === best?.name || (found !== undefined && found.verdict !== 'higher');
      return [name, { ...criterion, ...own, ratio: found?.ratio ?? null, isBest }];
    }),
  );
}
