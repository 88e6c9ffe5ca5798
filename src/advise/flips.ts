import type { Criterion, Flips } from '../measurements/advice.ts';
import type { Round } from '../measurements.ts';
import { flipText } from '../report/index.ts';
import { crossoverOf, crossoversOf } from '../sweep/crossovers.ts';
import { pointsAt } from '../sweep/points.ts';
import { findTransport } from '../transports/index.ts';
import type { AdvicePlan } from './plan.ts';
import { overallOf, type Place } from './ranking.ts';

/** The one that is first and the one that may be first elsewhere: better by something, or else the next. */
export function contendersOf(places: readonly Place[]): string[] {
  const [first, ...others] = places;
  if (first === undefined) return [];
  const isBetter = ({ criteria }: Place) =>
    criteria.some(
      ({ name, isBest }) => isBest && !first.criteria.some((own) => own.name === name && own.isBest),
    );
  const challenger = others.find(isBetter) ?? others[0];
  return [first, ...(challenger === undefined ? [] : [challenger])].map(({ transport }) => transport);
}

/** What the rounds around the workload's own point say of its answer. */
export function flipsOf(
  { around }: AdvicePlan,
  places: readonly Place[],
  criteria: readonly Criterion[],
  own: readonly Round[],
  found: readonly (readonly Round[])[],
): Flips {
  const ranking = places.map((place) => ({ ...place, resumes: resumes(place.transport) }));
  const [transport, against] = contendersOf(places);
  if (around === null || transport === undefined || against === undefined) {
    return { vary: null, points: [], crossovers: [], text: flipText(ranking, [], null) };
  }
  const { vary, own: here } = around;
  const pair = [transport, against] as const;
  const points = around.points.flatMap(({ values }, index) => pointsAt(values, found[index] ?? [], pair));
  const line = { field: vary.field, at: {}, points: [...points, ...pointsAt(here, own, pair)] };
  const overall = crossoverOf(line, pair, { metric: 'overall', of: overallOf(criteria) });
  const metrics = criteria.map(({ metric }) => metric);
  const crossovers = [overall, ...crossoversOf(line, pair, metrics)];
  return { vary, points, crossovers, text: flipText(ranking, crossovers, vary) };
}

/** Whether a transport gives a client that was cut off what it missed. */
export function resumes(transport: string): boolean {
  return findTransport(transport)?.resumes === true;
}
