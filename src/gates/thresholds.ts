import type { Gate, Report } from '../measurements.ts';
import { METRIC_KEYS } from '../measurements.ts';
import {
  formatted,
  instancesOf,
  named,
  type Operator,
  type Threshold,
} from '../plan/thresholds/threshold.ts';
import { figure } from '../report/numbers.ts';
import { compareMetric } from '../stats/index.ts';
import { disturbedOf, type Found, figureOf } from './figures.ts';

const IS_TRUE: Readonly<Record<Operator, (value: number, limit: number) => boolean>> = {
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '==': (value, limit) => value === limit,
  '!=': (value, limit) => value !== limit,
};

/** What each threshold comes to with a report: one gate for each transport that its `*` stands for. */
export function judgeThresholds(report: Report, thresholds: readonly Threshold[]): Gate[] {
  const transports = report.summaries.map(({ transport }) => transport);
  return thresholds.flatMap((threshold) =>
    instancesOf(threshold, transports).map((instance) => judge(report, instance)),
  );
}

function judge(report: Report, threshold: Threshold): Gate {
  const { value: term, over, operator, limit, place } = threshold;
  const found = over === null ? soleOf(report, threshold) : quotientOf(report, threshold);
  const isOfOne = over === null || over.transport === term.transport;
  return {
    ...{ kind: 'threshold', rule: formatted(threshold), place, limit },
    transport: isOfOne ? term.transport : null,
    passed: found.value !== null && !IS_TRUE[operator](found.value, limit),
    value: found.value,
    found: found.value === null ? `no figure, since ${found.why}` : inWords(found, limit),
  };
}

/** What only disturbed rounds tell counts where it passes; that it is too high may be the disturbance. */
function soleOf(report: Report, { value: term, operator, limit }: Threshold): Found {
  const found = figureOf(report, term);
  if (found.value !== null || !operator.startsWith('>')) return found;
  const disturbed = disturbedOf(report, term);
  return disturbed === undefined || IS_TRUE[operator](disturbed.value, limit) ? found : disturbed;
}

/** The same metric of two transports is compared inside each block of rounds, as tables do; all else by the medians. */
function quotientOf(report: Report, { value: term, over }: Threshold): Found {
  if (over === null) return figureOf(report, term);
  const [value, base] = [figureOf(report, term), figureOf(report, over)];
  if (value.value === null) return { value: null, why: `of ${named(term)} there is none: ${value.why}` };
  if (base.value === null) return { value: null, why: `of ${named(over)} there is none: ${base.why}` };
  if (base.value === 0) return { value: null, why: `${named(over)} is 0` };
  const paired = pairedOf(report, term, over);
  if (paired !== undefined) {
    const { ratio, low, high } = paired;
    return { value: ratio, unit: '', low, high, from: 'formed inside each block of rounds' };
  }
  const from = `${quantity(value.value, value.unit)} over ${quantity(base.value, base.unit)}`;
  return { value: value.value / base.value, unit: '', low: null, high: null, from };
}

function pairedOf({ rounds }: Report, term: Threshold['value'], over: Threshold['value']) {
  const key = METRIC_KEYS.find((name) => name === term.figure);
  const isPair = term.figure === over.figure && term.transport !== over.transport;
  if (key === undefined || !isPair || term.phase !== null || over.phase !== null) return undefined;
  return compareMetric(rounds, key, term.transport, over.transport);
}

function inWords({ value, unit, low, high, from }: Exclude<Found, { value: null }>, limit: number): string {
  const interval = low === null || high === null ? '' : ` (${figure(low)}–${figure(high)})`;
  return `${apartFrom(limit, value)}${unit === '' ? '' : ` ${unit}`}${interval}, ${from}`;
}

const MORE_DIGITS = [4, 5, 6, 8, 10, 12];

/** With as many digits as show on which side of the limit it is. */
function apartFrom(limit: number, value: number): string {
  const told = [figure(value), ...MORE_DIGITS.map((digits) => String(Number(value.toPrecision(digits))))];
  const side = Math.sign(value - limit);
  return told.find((text) => Math.sign(Number(text.replaceAll(',', '')) - limit) === side) ?? String(value);
}

function quantity(value: number, unit: string): string {
  return `${figure(value)}${unit === '' ? '' : ` ${unit}`}`;
}
