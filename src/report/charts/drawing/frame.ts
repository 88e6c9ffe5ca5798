import type { EChartsCoreOption } from 'echarts/core';
import type { Palette } from '../palette.ts';

/** Whatever the reader's system is set in; without quotes, which ECharts would not escape. */
export const FONT = 'system-ui, -apple-system, Segoe UI, Roboto, Helvetica Neue, Arial, sans-serif';

/** Text sizes, in pixels. */
export const SIZES = { text: 13, small: 12 } as const;
/** Room above the marks for a legend, and below them for an axis and its unit. */
export const ROOM = { legend: 34, edge: 6, axis: 46 } as const;
const CHARACTER_PX = 7.8;

/** What every chart has in common: fonts, colours, no movement, and what a mark says when it is touched. */
export function frame(palette: Palette): EChartsCoreOption {
  return {
    animation: false,
    backgroundColor: 'transparent',
    color: [palette.faint],
    textStyle: { fontFamily: FONT, fontSize: SIZES.text, color: palette.text },
    tooltip: {
      trigger: 'item',
      // Names are escaped where they are put in.
      formatter: '{a}<br>{b}',
      confine: true,
      backgroundColor: palette.background,
      borderColor: palette.line,
      textStyle: { color: palette.text, fontSize: SIZES.text },
    },
  };
}

/** What a legend names. */
export interface Entry {
  readonly name: string;
  readonly icon: string;
  readonly itemStyle?: object;
}

/** As wide as a chart is at least where nobody turns it into lines of their own. */
const LEGEND_PX = 680;

/** The room above the marks that the names take, a second line where they need one. */
export function legendPx(entries: readonly Entry[]): number {
  const width = entries.reduce((sum, { name }) => sum + namesPx([name]) + 22, 0);
  return ROOM.legend + Math.floor(width / LEGEND_PX) * 24;
}

/** The names of what is drawn, above it. */
export function legendOf(data: readonly Entry[], palette: Palette): EChartsCoreOption {
  return {
    data,
    top: 0,
    left: 0,
    itemWidth: 16,
    itemHeight: 10,
    itemGap: 16,
    padding: [5, 0],
    textStyle: { color: palette.text, fontSize: SIZES.text },
    inactiveColor: palette.line,
    borderColor: palette.background,
  };
}

/** Names for an axis, those that are doubtful in a colour of their own. */
export function markedNames(rows: readonly Named[], palette: Palette): object[] {
  return rows.map(({ name, isDoubtful }) => ({
    value: name,
    textStyle: { color: isDoubtful ? palette.alarm : palette.text },
  }));
}

/** What the mark behind a name means, where there is one. */
export function doubtNote(rows: readonly Pick<Named, 'isDoubtful'>[]): string[] {
  return rows.some(({ isDoubtful }) => isDoubtful) ? ['? doubtful, see its flags'] : [];
}

/** Something with a name, behind which stands a mark if it is doubtful. */
interface Named {
  readonly name: string;
  readonly isDoubtful: boolean;
}

/** The room that names beside an axis take. */
export function namesPx(names: readonly string[]): number {
  return Math.ceil(Math.max(0, ...names.map((name) => [...name].length)) * CHARACTER_PX) + 16;
}

/** An axis whose places have names. */
export function nameAxis(data: readonly unknown[], palette: Palette): EChartsCoreOption {
  return {
    type: 'category',
    data,
    axisTick: { show: false },
    axisLine: { show: true, lineStyle: { color: palette.faint } },
    axisLabel: { color: palette.text, fontSize: SIZES.text, interval: 0 },
  };
}

/** An axis of figures; `name` tells what and in which unit. */
export function figureAxis(name: string, scale: Ends, palette: Palette): EChartsCoreOption {
  const { isLog, from, to } = scale;
  return {
    type: isLog ? 'log' : 'value',
    name: isLog ? `${name}, log scale` : name,
    nameLocation: 'middle',
    nameTextStyle: { color: palette.faint, fontSize: SIZES.small },
    nameGap: 28,
    // Bars begin where the axis does; without factors the next round number ends it.
    ...(isLog ? { min: from, max: to, startValue: from } : from < 0 ? {} : { min: 0 }),
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { color: palette.faint, fontSize: SIZES.small, hideOverlap: true, showMaxLabel: !isLog },
    splitLine: { lineStyle: { color: palette.line } },
    splitNumber: 4,
  };
}

/** Where an axis of figures begins and ends. */
export interface Ends {
  readonly isLog: boolean;
  readonly from: number;
  readonly to: number;
}

/** Figures that differ by more than this are drawn by factors. */
const LOG_FROM = 10;

/** From zero, or by factors between round numbers where the figures are far apart. */
export function endsOf(values: readonly number[]): Ends {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const isLog = least > 0 && most / least > LOG_FROM;
  return isLog
    ? { isLog, from: roundDown(least), to: roundUp(most) }
    : { isLog, from: Math.min(0, least), to: most };
}

const ROUND = [1, 2, 5, 10];

function roundDown(value: number): number {
  return roundNear(value).findLast((step) => step <= value) ?? value;
}

function roundUp(value: number): number {
  return roundNear(value).find((step) => step >= value) ?? value;
}

/** 1, 2 and 5 times the power of ten below, and the power above. */
function roundNear(value: number): number[] {
  const power = 10 ** Math.floor(Math.log10(value));
  return ROUND.map((step) => Number((step * power).toPrecision(1)));
}
