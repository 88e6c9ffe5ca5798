import type { Report } from '../../../measurements.ts';
import { decodeHistogram, type Histogram, mergeHistograms, SAMPLES_NEEDED } from '../../../stats/index.ts';
import { medianOver } from '../../medians.ts';
import { figure, NONE, plain } from '../../numbers.ts';
import { sheetOf } from '../../sheet.ts';
import { listed } from '../../words/text.ts';
import type { Chart } from '../chart.ts';
import { type Curve, curveEntries, curveSeries, endLabelsPx } from '../drawing/curves.ts';
import { doubtNote, endsOf, figureAxis, frame, legendOf, legendPx, ROOM, SIZES } from '../drawing/frame.ts';
import type { Palette } from '../palette.ts';
import { colourOf } from '../palette.ts';
import { type Measured, measuredOf } from './rows.ts';

/** A transport's samples of all rounds together, and the line that the model lays through them. */
interface Distribution extends Measured {
  readonly samples: Histogram;
  readonly model: ((share: number) => number) | undefined;
}

const US_PER_MS = 1000;
/** The scale grows by one for each nine: 90, 99, 99.9. */
const STEPS_PER_NINE = 20;
const MOST_NINES = 5;
const SHOWN = [0.5, 0.9, 0.99, 0.999, 0.9999];
/** A model whose mean is this near its middle spreads evenly from nothing to its longest. */
const EVEN_WITHIN = 0.02;
const HEIGHT_PX = 380;
const MODEL = 'model';
const DASHES = 'path://M0,4h6v2h-6z M8,4h6v2h-6z M16,4h6v2h-6z';

/** The whole distribution of each transport's latency, its rare slow messages spread out. */
export function percentileCharts(report: Report): Chart[] {
  const all = measuredOf(report)
    .map((row) => ({ ...row, samples: samplesOf(row), model: evenModelOf(row) }))
    .filter(({ samples }) => samples.totalCount >= SAMPLES_NEEDED.p90);
  if (all.length === 0) return [];
  const title = 'How slow the slowest messages are';
  const shown = SHOWN.filter((share) => all.some((one) => isTold(one, share)));
  return [
    {
      ...{ name: 'percentiles', title, heightPx: HEIGHT_PX },
      summary: summaryOf(all),
      note: noteOf(all),
      option: (palette) => optionOf(all, shown, palette),
      sheets: [
        sheetOf(title, all, [
          { group: '', name: '', rank: 0, align: 'left', text: ({ name }) => name },
          ...shown.map((share) => ({
            ...{ group: 'latency, ms', name: nameOfShare(share), rank: 1 },
            text: (one: Distribution) => (isTold(one, share) ? figure(valueMs(one, share)) : NONE),
            value: (one: Distribution) => (isTold(one, share) ? valueMs(one, share) : undefined),
          })),
        ]),
      ],
    },
  ];
}

function optionOf(all: readonly Distribution[], shown: readonly number[], palette: Palette) {
  const curves = all.map(curveOf);
  const values = curves.flatMap(({ points }) => points.flatMap(({ y }) => y ?? []));
  const transports = all.map(({ transport }) => transport);
  const furthest = Math.max(...all.map((one) => placeOf(furthestOf(one))));
  const models = all.flatMap((one) => (one.model ? [modelSeries(one, one.model, palette)] : []));
  const dashed = { name: MODEL, icon: DASHES, itemStyle: { color: palette.faint } };
  const entries = [...curveEntries(transports, palette), ...(models.length > 0 ? [dashed] : [])];
  const axis = figureAxis('one-way latency, ms', endsOf(values), palette);
  return {
    ...frame(palette),
    legend: legendOf(entries, palette),
    grid: { left: 62, right: endLabelsPx(transports), top: legendPx(entries) + 8, bottom: ROOM.axis },
    xAxis: {
      ...figureAxis('percentile of all messages', { isLog: false, from: 0, to: furthest }, palette),
      max: furthest,
      axisLabel: { show: false },
      splitLine: { show: false },
    },
    yAxis: { ...axis, nameGap: 44 },
    series: [...curves.map((curve) => curveSeries(curve, palette)), ...models, ticks(shown, palette)],
  };
}

function curveOf(one: Distribution): Curve {
  const marked = SHOWN.filter((share) => isTold(one, share));
  const points = [...sharesOf(one), ...marked].toSorted((a, b) => a - b);
  return {
    transport: one.transport,
    points: points.map((share) => ({
      x: round(placeOf(share)),
      y: round(valueMs(one, share)),
      told: `${nameOfShare(share)}: ${figure(valueMs(one, share))} ms`,
      hasSymbol: marked.includes(share),
    })),
  };
}

/** Even from the fastest to the slowest, as far as the samples go. */
function modelSeries(one: Distribution, model: (share: number) => number, palette: Palette): object {
  const lowest = one.samples.minNonZeroValue / US_PER_MS;
  return {
    ...{ type: 'line', name: MODEL, symbol: 'none', silent: true, z: 2 },
    lineStyle: { type: 'dashed', color: colourOf(palette, one.transport), width: 1.5 },
    data: sharesOf(one).flatMap((share) =>
      model(share) >= lowest ? [[round(placeOf(share)), round(model(share))]] : [],
    ),
  };
}

/** The percentiles' names beneath their places, which the axis itself cannot write. */
function ticks(shown: readonly number[], palette: Palette): object {
  const label = { color: palette.faint, fontSize: SIZES.small, distance: 6, position: 'start' };
  return {
    ...{ type: 'line', name: ' ', data: [], silent: true },
    markLine: {
      ...{ symbol: 'none', silent: true, animation: false, z: 1 },
      lineStyle: { color: palette.line, type: 'solid', width: 1 },
      data: shown.map((share) => ({
        xAxis: round(placeOf(share)),
        label: { ...label, formatter: nameOfShare(share) },
      })),
    },
  };
}

/** The places of a curve, as far as the samples go. */
function sharesOf(one: Distribution): number[] {
  const steps = Math.floor(placeOf(furthestOf(one)) * STEPS_PER_NINE);
  return Array.from({ length: steps + 1 }, (_, step) => 1 - 10 ** (-step / STEPS_PER_NINE));
}

/** 0 for the fastest, then one further for each nine. */
function placeOf(share: number): number {
  return -Math.log10(1 - share);
}

/** The last share that has two samples beyond it. */
function furthestOf({ samples }: Distribution): number {
  return Math.min(1 - 2 / samples.totalCount, 1 - 10 ** -MOST_NINES);
}

function isTold(one: Distribution, share: number): boolean {
  return share <= furthestOf(one);
}

function valueMs({ samples }: Distribution, share: number): number {
  return Math.max(1, samples.getValueAtPercentile(share * 100)) / US_PER_MS;
}

function samplesOf({ rounds }: Measured): Histogram {
  return mergeHistograms(rounds.map(({ latency }) => decodeHistogram(latency.hdr)));
}

/** The straight line through the model's p50 and p99, where these and its mean are of an even spread. */
function evenModelOf({ rounds }: Measured): Distribution['model'] {
  const p50 = medianOver(rounds, ({ model }) => model?.latencyP50Ms ?? null);
  const p99 = medianOver(rounds, ({ model }) => model?.latencyP99Ms ?? null);
  const mean = medianOver(rounds, ({ model }) => model?.latencyMeanMs ?? null);
  if (p50 === undefined || p99 === undefined || mean === undefined) return undefined;
  if (Math.abs(mean - p50) > EVEN_WITHIN * p50) return undefined;
  const slope = (p99 - p50) / (0.99 - 0.5);
  return (share) => p50 + (share - 0.5) * slope;
}

/** `p99.9`. */
function nameOfShare(share: number): string {
  return `p${plain(share * 100, share > 0.99 ? 6 : 3)}`;
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}

function noteOf(all: readonly Distribution[]): string {
  return [
    'Curves: all samples of the valid rounds, so far as two or more lie beyond',
    ...(all.some(({ model }) => model !== undefined) ? ['dashed: what the model says'] : []),
    ...doubtNote(all),
  ].join(' · ');
}

function summaryOf(all: readonly Distribution[]): string {
  const told = all.map((one) => {
    const last = SHOWN.findLast((share) => isTold(one, share)) ?? 0.5;
    return `${one.prose} from ${figure(valueMs(one, 0.5), 2)} ms (p50) to ${figure(valueMs(one, last), 2)} ms (${nameOfShare(last)})`;
  });
  return `Latency grows: ${listed(told)}.`;
}
