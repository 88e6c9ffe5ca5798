import type { Comparison } from '../../measurements.ts';
import type { Diff, Figures } from '../../report/diff/make.ts';
import { figure, ratioFigures } from '../../report/numbers.ts';
import { nameOf } from '../../report/words/labels.ts';
import { cpuUnits } from '../../report/writer.ts';
import { metrics } from '../../stats/index.ts';
import type { Rule } from './rules.ts';

/** What became of one metric of one transport since the baseline. */
export interface Change extends Figures {
  readonly rule: Rule;
  /** Null where it was 0 and is no longer. */
  readonly ratio: number | null;
  readonly interval:
    | (Pick<Comparison, 'leastEffect'> & { readonly low: number; readonly high: number })
    | null;
}

/** What a rule finds in a diff; undefined where one side has no such figure. */
export function changeOf({ figures, comparisons }: Diff, transport: string, rule: Rule): Change | undefined {
  const isIt = (one: { readonly transport: string; readonly metric: string }) =>
    one.transport === transport && one.metric === rule.metric;
  const found = figures.find(isIt);
  if (found === undefined) return undefined;
  const compared = comparisons.find(isIt);
  const { low = null, high = null, leastEffect = null } = compared ?? {};
  const interval = low === null || high === null ? null : { low, high, leastEffect };
  return { ...found, rule, ratio: compared?.ratio ?? ratioOf(found), interval };
}

/** Where some round has none of it there is no comparison, but a median on either side. */
function ratioOf({ before, after }: Figures): number | null {
  if (before === 0) return after === 0 ? 1 : null;
  return after / before;
}

/** The ratio that must not be passed. */
export function limitOf({ metric, margin }: Rule): number {
  return isCost(metric) ? 1 + margin : 1 - margin;
}

/** Beyond the margin, and beyond chance where that is known. */
export function isWorse({ rule, ratio, interval }: Change): boolean {
  if (ratio === null) return isCost(rule.metric);
  return isCost(rule.metric)
    ? ratio > limitOf(rule) && (interval?.low ?? ratio) > 1
    : ratio < limitOf(rule) && (interval?.high ?? ratio) < 1;
}

/** The same the other way. */
export function isBetter({ rule: { metric, margin }, ratio, interval }: Change): boolean {
  if (ratio === null) return !isCost(metric);
  return isCost(metric)
    ? ratio < 1 - margin && (interval?.high ?? ratio) < 1
    : ratio > 1 + margin && (interval?.low ?? ratio) > 1;
}

/** `0.92 → 1.3 ms, ×1.4 (1.3–1.5)` */
export function inWords({ before, after, rule, ratio, interval }: Change): string {
  const { unit } = metrics[rule.metric];
  const isYardstick = rule.metric === cpuUnits.yardstick.metric;
  const medians = `${figure(before)} → ${figure(after)}${unit === '' ? '' : ` ${isYardstick ? cpuUnits.yardstick.unit : unit}`}`;
  if (before === after) return `${figure(after)}${unit === '' || isYardstick ? '' : ` ${unit}`}, as before`;
  if (ratio === null) return medians;
  const [middle, from, to] = ratioFigures([
    ratio,
    ...(interval === null ? [] : [interval.low, interval.high]),
  ]);
  return `${medians}, ×${middle}${from === undefined ? '' : ` (${from}–${to})`}`;
}

/** `websocket: latency p50` */
export function subjectOf({ transport, rule }: Change): string {
  return `${nameOf(transport)}: ${metrics[rule.metric].label}`;
}

function isCost(metric: Rule['metric']): boolean {
  return metrics[metric].better === 'lower';
}
