import type { Capacity, Report } from '../../measurements.ts';
import { capacityFigures, type Figure, inert, reportFigures, tidy } from './figures.ts';

/** What is better when it is smaller, for github-action-benchmark (`customSmallerIsBetter`). */
export function benchmarkSmaller(report: Report): string {
  return entries(reportFigures(report).filter(({ better }) => better === 'lower'));
}

/** What is better when it is bigger, for the same (`customBiggerIsBetter`). */
export function benchmarkBigger(report: Report): string {
  return entries(reportFigures(report).filter(({ better }) => better === 'higher'));
}

/** Capacities are all better when they are bigger. */
export function capacityBigger(capacity: Capacity): string {
  return entries(capacityFigures(capacity));
}

function entries(figures: readonly Figure[]): string {
  const found = figures.map(({ scenario, transport, label, unit, estimate, basis }) => {
    const { median, low, high } = estimate;
    return {
      name: [inert(scenario), inert(transport), label].join(' · '),
      unit: unit === '' ? 'ratio' : unit,
      value: tidy(median),
      ...(low === null || high === null ? {} : { range: `${shortened(low)} to ${shortened(high)}` }),
      extra: inert(basis),
    };
  });
  return `${JSON.stringify(found, null, 2)}\n`;
}

/** For people: the digits that fit beside a chart. */
function shortened(value: number): number {
  return Number(value.toPrecision(6));
}
