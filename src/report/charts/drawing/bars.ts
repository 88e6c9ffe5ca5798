import type { EChartsCoreOption } from 'echarts/core';
import type { Estimate } from '../../../measurements.ts';
import { NONE } from '../../numbers.ts';
import { type Sheet, sheetOf } from '../../sheet.ts';
import { capital, listed } from '../../words/text.ts';
import type { Palette } from '../palette.ts';
import { colourOf, tintOf } from '../palette.ts';
import {
  doubtNote,
  type Entry,
  endsOf,
  figureAxis,
  frame,
  legendOf,
  markedNames,
  nameAxis,
  namesPx,
  ROOM,
  SIZES,
} from './frame.ts';

/** Bars side by side: for each row one of each measure, with its interval and what the model says. */
export interface Bars {
  readonly rows: readonly BarRow[];
  readonly measures: readonly Measure[];
  /** What is told, for the axis, and its unit. */
  readonly label: string;
  readonly unit: string;
  show(value: number): string;
}

export interface BarRow {
  readonly transport: string;
  readonly name: string;
  /** The name inside a sentence. */
  readonly prose: string;
  readonly isDoubtful: boolean;
}

/** One figure for each row. */
export interface Measure {
  readonly name: string;
  readonly estimates: readonly (Estimate | undefined)[];
  readonly models?: readonly (number | undefined)[];
}

const MODEL = 'model';
/** With more rows only the two ends are said. */
const MOST_TOLD = 8;
const LABELS_PX = 118;
const ROW_PX = { single: 38, each: 26 } as const;

/** The height that gives each bar its room. */
export function barsHeight({ rows, measures }: Bars): number {
  return top(measures) + rows.length * rowPx(measures) + ROOM.axis;
}

/** The bars, drawn. */
export function barsOption(bars: Bars, palette: Palette): EChartsCoreOption {
  const { rows, measures, label, unit } = bars;
  const told = measures.flatMap(({ estimates, models = [] }) => [
    ...estimates.flatMap((one) => (one ? [one.median, one.low ?? one.median, one.high ?? one.median] : [])),
    ...models.filter((value) => value !== undefined),
  ]);
  return {
    ...frame(palette),
    ...(hasLegend(measures) ? { legend: legendOf(entries(measures, palette), palette) } : {}),
    grid: {
      left: namesPx(rows.map(({ name }) => name)),
      right: LABELS_PX,
      top: top(measures),
      bottom: ROOM.axis,
    },
    xAxis: figureAxis(unit === '' ? label : `${label}, ${unit}`, endsOf(told), palette),
    yAxis: { ...nameAxis(markedNames(rows, palette), palette), inverse: true },
    series: [
      ...measures.map((measure, place) => barSeries(bars, measure, place, palette)),
      ...measures.map((measure) => intervalSeries(bars, measure, palette)),
      ...measures.flatMap((measure, place) => [
        ...modelSeries(bars, measure, place, palette),
        labelSeries(bars, measure, place, palette),
      ]),
    ],
  };
}

function hasLegend(measures: readonly Measure[]): boolean {
  return measures.length > 1 || measures.some(({ models }) => models !== undefined);
}

function top(measures: readonly Measure[]): number {
  return hasLegend(measures) ? ROOM.legend : ROOM.edge;
}

function rowPx(measures: readonly Measure[]): number {
  return measures.length === 1 ? ROW_PX.single : ROW_PX.each * measures.length;
}

/** Whether the model says anything to one of them. */
function isModelled(measures: readonly Measure[]): boolean {
  return measures.some(({ models = [] }) => models.some((value) => value !== undefined));
}

function entries(measures: readonly Measure[], palette: Palette): Entry[] {
  const border = { borderColor: palette.faint, borderWidth: 1 };
  return [
    ...measures.map(({ name }, place) => ({
      ...{ name, icon: 'rect' },
      itemStyle: { ...border, color: place === 0 ? palette.faint : tintOf(palette.faint, palette) },
    })),
    ...(isModelled(measures)
      ? [{ name: MODEL, icon: 'diamond', itemStyle: { ...border, color: palette.background } }]
      : []),
  ];
}

function barSeries({ rows, show, unit }: Bars, measure: Measure, place: number, palette: Palette): object {
  return {
    ...{ type: 'bar', name: measure.name, barGap: '30%', barCategoryGap: '20%' },
    data: rows.map(({ transport, name }, row) => {
      const estimate = measure.estimates[row];
      const colour = colourOf(palette, transport);
      return {
        name: `${name}: ${textOf(estimate, show, unit)}`,
        value: estimate?.median ?? null,
        itemStyle: {
          color: place === 0 ? colour : tintOf(colour, palette),
          borderColor: colour,
          borderWidth: 1,
        },
      };
    }),
  };
}

/** A box without width is a whisker, and boxes stand side by side as bars do. */
function intervalSeries({ rows, show, unit }: Bars, { name, estimates }: Measure, palette: Palette): object {
  return {
    ...{ type: 'boxplot', name, boxWidth: [0, 9], z: 3 },
    itemStyle: { color: 'transparent', borderColor: palette.text, borderWidth: 1.2 },
    data: rows.map((row, index) => {
      const { median, low, high } = estimates[index] ?? { median: 0, low: null, high: null };
      const isTold = low !== null && high !== null;
      return {
        name: `${row.name}: ${textOf(estimates[index], show, unit)}`,
        value: isTold ? [low, median, median, median, high] : [],
      };
    }),
  };
}

function modelSeries(
  { rows, measures, show, unit }: Bars,
  measure: Measure,
  place: number,
  palette: Palette,
) {
  const { models = [] } = measure;
  if (!isModelled([measure])) return [];
  return [
    {
      ...{ type: 'scatter', name: MODEL, symbol: 'diamond', symbolSize: 11, z: 4 },
      symbolOffset: [0, offsetPx(measures, place)],
      itemStyle: { color: palette.background, borderColor: palette.text, borderWidth: 1.5, opacity: 1 },
      data: models.flatMap((value, row) =>
        value === undefined
          ? []
          : [{ name: `${rows[row]?.name} ${measure.name}: ${show(value)} ${unit}`, value: [value, row] }],
      ),
    },
  ];
}

/** Figures behind the bars, beyond everything that is drawn of them. */
function labelSeries({ rows, measures, show }: Bars, measure: Measure, place: number, palette: Palette) {
  const { estimates, models = [] } = measure;
  return {
    ...{ type: 'scatter', name: measure.name, symbolSize: 0.01, silent: true, z: 5 },
    itemStyle: { opacity: 1 },
    label: { show: true, position: 'right', color: palette.text, fontSize: SIZES.small, distance: 6 },
    symbolOffset: [0, offsetPx(measures, place)],
    data: rows.flatMap((_, row) => {
      const estimate = estimates[row];
      if (estimate === undefined) return [];
      const end = Math.max(estimate.median, estimate.high ?? 0, models[row] ?? 0);
      return [{ value: [end, row], label: { formatter: textOf(estimate, show, '') } }];
    }),
  };
}

/** How far from the middle of its row a measure stands, as bars beside each other do. */
function offsetPx(measures: readonly Measure[], place: number): number {
  const share = (place - (measures.length - 1) / 2) / measures.length;
  return share * rowPx(measures) * 0.8 * 1.13;
}

/** `3.9 (2.8–4.7)`. */
function textOf(estimate: Estimate | undefined, show: Bars['show'], unit: string): string {
  if (estimate === undefined) return NONE;
  const { median, low, high } = estimate;
  const told = unit === '' ? show(median) : `${show(median)} ${unit}`;
  return low === null || high === null || show(low) === show(high)
    ? told
    : `${told} (${show(low)}–${show(high)})`;
}

/** How bars and what lies on them are to be read. */
export function barsNote({ rows, measures }: Bars): string {
  const told = measures.flatMap(({ estimates }) => estimates);
  return [
    'Bars: medians over the valid rounds',
    ...(told.some((one) => one?.low != null) ? ['whiskers: their 95% intervals'] : []),
    ...(isModelled(measures) ? ['diamonds: what the model says'] : []),
    ...doubtNote(rows),
  ].join(' · ');
}

/** The same in a sentence for each measure. */
export function barsSummary({ rows, measures, label, show, unit }: Bars): string {
  const sentences = measures.map(({ name, estimates }) => {
    const told = rows.flatMap((row, index) =>
      estimates[index] === undefined ? [] : [`${row.prose} ${textOf(estimates[index], show, unit)}`],
    );
    const subject = capital(measures.length > 1 ? `${label}, ${name}` : label);
    if (told.length <= MOST_TOLD) return `${subject}: ${listed(told)}.`;
    const places = rows.map((_, row) => row).filter((row) => estimates[row] !== undefined);
    const sorted = places.toSorted((a, b) => (estimates[a]?.median ?? 0) - (estimates[b]?.median ?? 0));
    const ends = [sorted[0], sorted.at(-1)].map((row) => told[places.indexOf(row ?? 0)]);
    return `${subject}: from ${ends.join(' to ')}.`;
  });
  return sentences.join(' ');
}

/** The same as a table. */
export function barsSheet({ rows, measures, show, unit }: Bars, title: string): Sheet {
  const columns = measures.flatMap(({ name, estimates, models = [] }) => [
    {
      ...{ group: name, name: unit, rank: 1 },
      text: (row: number) => known(estimates[row]?.median, show),
      value: (row: number) => estimates[row]?.median,
    },
    {
      ...{ group: name, name: '95% interval', rank: 1 },
      text: (row: number) => {
        const { low = null, high = null } = estimates[row] ?? {};
        return low === null || high === null ? NONE : `${show(low)}–${show(high)}`;
      },
    },
    ...(models.some((value) => value !== undefined)
      ? [{ group: name, name: MODEL, rank: 1, text: (row: number) => known(models[row], show) }]
      : []),
  ]);
  const naming = { group: '', name: '', rank: 0, align: 'left' as const };
  return sheetOf(
    title,
    rows.map((_, row) => row),
    [{ ...naming, text: (row) => rows[row]?.name ?? '' }, ...columns],
  );
}

function known(value: number | undefined, show: (value: number) => string): string {
  return value === undefined ? NONE : show(value);
}
