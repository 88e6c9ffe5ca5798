import type { Capacity, Report } from '../../measurements.ts';
import { capacityFigures, type Figure, inert, reportFigures, tidy } from './figures.ts';

/** The report in Bencher's own metric format: a benchmark for each transport, a measure for each metric. */
export function bencher(report: Report): string {
  return metricFormat(reportFigures(report));
}

/** Capacities in the same. */
export function capacityBencher(capacity: Capacity): string {
  return metricFormat(capacityFigures(capacity));
}

function metricFormat(figures: readonly Figure[]): string {
  const benchmarks = Map.groupBy(
    figures,
    ({ scenario, transport }) => `${inert(scenario)} · ${inert(transport)}`,
  );
  const measured = [...benchmarks].map(([name, own]) => [name, Object.fromEntries(own.map(measure))]);
  return `${JSON.stringify(Object.fromEntries(measured), null, 2)}\n`;
}

function measure({ key, estimate }: Figure) {
  const { median, low, high } = estimate;
  return [
    slug(key),
    {
      value: tidy(median),
      ...(low === null ? {} : { lower_value: tidy(low) }),
      ...(high === null ? {} : { upper_value: tidy(high) }),
    },
  ] as const;
}

/** `latencyP50Ms` as `latency-p50-ms`. */
function slug(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
