import type { Crossing, Crossover, Sweep, Varied } from '../../measurements/sweep.ts';
import type { MetricKey } from '../../measurements.ts';
import { metrics } from '../../stats/index.ts';
import { inProse } from '../words/labels.ts';
import { capital, listed } from '../words/text.ts';
import { placesOf } from './tables.ts';
import { shownPlace, shownValue } from './values.ts';

/** More crossovers of a metric than these are left to the file. */
const MOST_TOLD = 8;

/** What crosses where, and by what nothing crosses. */
export function crossingSentences(sweep: Sweep): string[] {
  const [first] = sweep.vary;
  if (first === undefined || first.names !== null || sweep.transports.length < 2) return [];
  return placesOf(sweep).flatMap((at) => {
    const own = sweep.crossovers.filter((one) => JSON.stringify(one.at) === JSON.stringify(at));
    const told = crossingsTold(own, first);
    const place = shownPlace(at, sweep.vary);
    return [...told, ...withoutCrossing(own, first)].map((sentence) => `${place}${sentence}`);
  });
}

/** One sentence for each crossing that the comparison supports. */
export function crossingsTold(crossovers: readonly Crossover[], varied: Varied): string[] {
  return [...Map.groupBy(crossovers, ({ metric }) => metric).values()].flatMap((group) => {
    const told = group.flatMap((crossover) =>
      crossover.crossings.map((crossing) => sentenceOf(crossover, crossing, varied)),
    );
    const more = told.length - MOST_TOLD;
    return more > 0 ? [...told.slice(0, MOST_TOLD), `${more} more are in the JSON.`] : told;
  });
}

function sentenceOf({ metric, transport, against }: Crossover, crossing: Crossing, varied: Varied): string {
  const { below, from, to, near } = crossing;
  const show = (value: number) => shownValue(varied, Number(value.toPrecision(2)));
  const exact = (value: number) => shownValue(varied, value);
  const side = below === 'lower' ? 'below' : 'above';
  const subject = capital(inProse(transport));
  const by = metric === 'overall' ? 'all criteria together' : metrics[metric].label;
  const where = `${side} about ${show(near)}${perClient(varied)} here`;
  return `${subject} is ${wordOf(metric)} than ${inProse(against)} ${where} (${by}; it turns between ${exact(from)} and ${exact(to)}).`;
}

function withoutCrossing(crossovers: readonly Crossover[], varied: Varied): string[] {
  const { values } = varied;
  const byMetric = [...Map.groupBy(crossovers, ({ metric }) => metric)];
  const isTold = byMetric.some(([, group]) =>
    group.some(({ steps }) => steps.some(({ low }) => low !== null)),
  );
  if (!isTold) {
    return [
      'No order can be told from fewer than 3 valid rounds of two transports: take --rounds 3 or more.',
    ];
  }
  const without = byMetric.filter(([, group]) => group.every(({ crossings }) => crossings.length === 0));
  if (without.length === 0) return [];
  const [from = 0, to = 0] = [values[0], values.at(-1)];
  const labels = without.flatMap(([metric]) => (metric === 'overall' ? [] : [metrics[metric].label]));
  const range = `${shownValue(varied, from)} and ${shownValue(varied, to)}`;
  return [`No crossover in the range, between ${range}, by ${listed(labels)}.`];
}

function perClient({ field }: Varied): string {
  return field === 'ratePerSecond' ? ' per client' : '';
}

function wordOf(metric: MetricKey | 'overall'): string {
  if (metric === 'overall') return 'better';
  if (metric.startsWith('latency') || metric.startsWith('connect')) return 'quicker';
  return metrics[metric].better === 'lower' ? 'cheaper' : 'lower';
}
