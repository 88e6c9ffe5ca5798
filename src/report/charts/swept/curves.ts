import type { Crossover } from '../../../measurements/sweep.ts';
import { metrics } from '../../../stats/index.ts';
import { crossingsTold } from '../../sweep/crossing-words.ts';
import { titleOf } from '../../sweep/tables.ts';
import { shownValue } from '../../sweep/values.ts';
import { inProse, nameOf } from '../../words/labels.ts';
import { capital, clean, listed } from '../../words/text.ts';
import type { Chart } from '../chart.ts';
import { type Curve, curveEntries, curveSeries, endLabelsPx } from '../drawing/curves.ts';
import { endsOf, figureAxis, frame, legendOf, legendPx, ROOM, SIZES } from '../drawing/frame.ts';
import type { Palette } from '../palette.ts';
import { colourOf } from '../palette.ts';
import { type Sweeping, showing, titled, told, xOf } from './points.ts';

const HEIGHT_PX = 380;
const MARK = ' ';
const BAND_OPACITY = 0.16;

/** A metric as a curve of each transport, with its interval around it and where two cross. */
export function curvesOf(sweeping: Sweeping): Omit<Chart, 'name' | 'sheets'> {
  const { sweep, metric } = sweeping;
  const transports = sweep.transports.filter((transport) => told(sweeping, transport).length > 0);
  const crossovers = crossoversOf(sweeping);
  const hasIntervals = sweep.points.some((point) => point.metrics[metric]?.low != null);
  return {
    title: titled(sweeping),
    heightPx: HEIGHT_PX,
    summary: [...crossingsTold(crossovers, sweeping.varied), summaryOf(sweeping, transports)][0] ?? '',
    note: [
      'Curves: medians over the valid rounds',
      ...(hasIntervals ? ['bands: their 95% intervals'] : []),
      ...(crossovers.length > 0 ? ['shaded: where two cross'] : []),
    ].join(' · '),
    option: (palette) => optionOf(sweeping, transports, crossovers, palette),
  };
}

function optionOf(
  sweeping: Sweeping,
  transports: readonly string[],
  crossovers: readonly Crossover[],
  palette: Palette,
) {
  const { sweep, metric, varied } = sweeping;
  const estimates = sweep.points.flatMap((point) => point.metrics[metric] ?? []);
  const values = estimates.flatMap(({ median, low, high }) => [median, low ?? median, high ?? median]);
  const ends = endsOf(values);
  const { isLog } = endsOf(varied.values);
  const xAxis = figureAxis(clean(varied.option), { isLog, from: 0, to: 0 }, palette);
  const entries = curveEntries(transports, palette);
  return {
    ...frame(palette),
    legend: legendOf(entries, palette),
    grid: { left: 72, right: endLabelsPx(transports), top: legendPx(entries) + 24, bottom: ROOM.axis },
    xAxis: {
      ...xAxis,
      ...{ min: Math.min(...varied.values), max: Math.max(...varied.values), startValue: undefined },
      ...{ axisLabel: { show: false }, splitLine: { show: false } },
    },
    yAxis: { ...figureAxis(titleOf(metric), ends, palette), nameGap: 52 },
    series: [
      ...transports.flatMap((transport) => bandOf(sweeping, transport, palette)),
      ...transports.map((transport) => curveSeries(curveOf(sweeping, transport), palette)),
      marksOf(sweeping, crossovers, palette),
    ],
  };
}

function curveOf(sweeping: Sweeping, transport: string): Curve {
  const { varied, metric } = sweeping;
  const show = showing(metric);
  const { unit } = metrics[metric];
  return {
    transport,
    points: told(sweeping, transport).flatMap((point) => {
      const { median, low, high } = point.metrics[metric] ?? { median: 0, low: null, high: null };
      const interval = low === null || high === null ? '' : ` (${show(low)}–${show(high)})`;
      const x = xOf(point, varied);
      const text = `${shownValue(varied, x)}: ${show(median)} ${unit}${interval}`;
      return [{ x, y: median, told: text, hasSymbol: true }];
    }),
  };
}

/** From the lower bound, unseen, what is between it and the upper one is filled. */
function bandOf(sweeping: Sweeping, transport: string, palette: Palette): object[] {
  const { varied, metric } = sweeping;
  const points = told(sweeping, transport).flatMap((point) => {
    const { low = null, high = null } = point.metrics[metric] ?? {};
    return low === null || high === null ? [] : [{ x: xOf(point, varied), low, high }];
  });
  const common = {
    ...{ type: 'line', name: nameOf(transport), stack: transport, stackStrategy: 'all' },
    ...{ symbol: 'none', silent: true, lineStyle: { width: 0 }, z: 1 },
  };
  return [
    { ...common, data: points.map(({ x, low }) => [x, low]) },
    {
      ...common,
      areaStyle: { color: colourOf(palette, transport), opacity: BAND_OPACITY },
      data: points.map(({ x, low, high }) => [x, high - low]),
    },
  ];
}

/** The values that were set, beneath their places, and each crossover with the stretch that it is known to lie in. */
function marksOf({ varied }: Sweeping, crossovers: readonly Crossover[], palette: Palette): object {
  const crossings = crossovers.flatMap(({ crossings }) => crossings);
  const tick = { color: palette.faint, fontSize: SIZES.small, distance: 6, position: 'start' };
  const ticks = varied.values.map((value) => ({
    ...{ xAxis: value, lineStyle: { color: palette.line, type: 'solid', width: 1 } },
    label: { ...tick, formatter: shownValue(varied, value) },
  }));
  const lines = crossings.map(({ near }) => ({
    ...{ xAxis: near, lineStyle: { color: palette.text, type: 'dashed', width: 1.5 } },
    label: {
      ...{ color: palette.text, fontSize: SIZES.small, fontWeight: 600, position: 'end' },
      formatter: `about ${shownValue(varied, Number(near.toPrecision(2)))}`,
    },
  }));
  return {
    ...{ type: 'line', name: MARK, data: [], silent: true },
    markLine: { symbol: 'none', silent: true, animation: false, z: 1, data: [...ticks, ...lines] },
    markArea: {
      ...{ silent: true, itemStyle: { color: palette.faint, opacity: 0.12 } },
      data: crossings.map(({ from, to }) => [{ xAxis: from }, { xAxis: to }]),
    },
  };
}

function crossoversOf({ sweep, metric, at }: Sweeping): Crossover[] {
  return sweep.crossovers.filter(
    (one) =>
      one.metric === metric && JSON.stringify(one.at) === JSON.stringify(at) && one.crossings.length > 0,
  );
}

/** From the first value to the last. */
function summaryOf(sweeping: Sweeping, transports: readonly string[]): string {
  const { metric, varied } = sweeping;
  const show = showing(metric);
  const { unit } = metrics[metric];
  const parts = transports.map((transport) => {
    const points = told(sweeping, transport);
    const [first, last] = [points[0], points.at(-1)].map((point) =>
      show(point?.metrics[metric]?.median ?? 0),
    );
    return `${inProse(transport)} from ${first} to ${last} ${unit}`.trim();
  });
  const ends = [varied.values[0], varied.values.at(-1)].map((value) => shownValue(varied, value ?? 0));
  return `${capital(metrics[metric].label)} between ${ends.join(' and ')}: ${listed(parts)}.`;
}
