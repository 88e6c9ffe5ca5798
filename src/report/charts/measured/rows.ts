import type { Estimate, MetricKey, Report, Round, Summary } from '../../../measurements.ts';
import { estimate, metrics } from '../../../stats/index.ts';
import { rowsOf } from '../../columns.ts';
import { figure } from '../../numbers.ts';
import { inProse, nameOf } from '../../words/labels.ts';
import type { Chart } from '../chart.ts';
import {
  type BarRow,
  type Bars,
  barsHeight,
  barsNote,
  barsOption,
  barsSheet,
  barsSummary,
} from '../drawing/bars.ts';

/** A transport that has valid rounds, and what it was measured at. */
export interface Measured extends BarRow {
  readonly metrics: Summary['metrics'];
  /** Its valid ones. */
  readonly rounds: readonly Round[];
}

/** The transports that there are figures of, in the report's order. */
export function measuredOf(report: Report): Measured[] {
  return rowsOf(report)
    .filter(({ summary }) => summary.validRounds > 0)
    .map(({ summary: { transport, metrics }, isDoubtful }) => ({
      transport,
      name: nameOf(transport) + (isDoubtful ? ' ?' : ''),
      prose: inProse(transport),
      isDoubtful,
      metrics,
      rounds: report.rounds.filter((round) => round.valid && round.transport === transport),
    }));
}

/** Whether anybody has a figure. */
export function isTold(estimates: readonly (Estimate | undefined)[]): boolean {
  return estimates.some((one) => one !== undefined);
}

/** Anything that a round can tell, as it is over all of them. */
export function estimateOver(
  rounds: readonly Round[],
  of: (round: Round) => number | null,
): Estimate | undefined {
  return estimate(rounds.map(of).filter((value) => value !== null));
}

/** A metric in a unit so many times larger than its own. */
export function metricIn(rows: readonly Measured[], key: MetricKey, times = 1): (Estimate | undefined)[] {
  return rows.map(({ metrics }) => scaled(metrics[key], times));
}

/** Rounded as the metric is wherever it is told. */
export function showing(key: MetricKey): (value: number) => string {
  return (value) => figure(value, metrics[key].digits);
}

/** A chart of bars. */
export function barChart(name: string, title: string, bars: Bars, finding?: string): Chart {
  return {
    name,
    title,
    summary: finding ?? barsSummary(bars),
    note: barsNote(bars),
    heightPx: barsHeight(bars),
    option: (palette) => barsOption(bars, palette),
    sheets: [barsSheet(bars, title)],
  };
}

function scaled(estimate: Estimate | undefined, times: number): Estimate | undefined {
  if (estimate === undefined) return undefined;
  const { median, low, high } = estimate;
  return {
    median: median / times,
    low: low === null ? null : low / times,
    high: high === null ? null : high / times,
  };
}
