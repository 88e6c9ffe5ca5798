import type { EChartsCoreOption } from 'echarts/core';
import { nameOf } from '../../words/labels.ts';
import type { Palette } from '../chart.ts';
import { colourOf, symbolOf } from '../palette.ts';
import { namesPx, SIZES } from './frame.ts';

/** One transport along an axis. */
export interface Curve {
  readonly transport: string;
  readonly points: readonly CurvePoint[];
}

export interface CurvePoint {
  readonly x: number;
  readonly y: number;
  /** What a tooltip says. */
  readonly told: string;
  readonly hasSymbol: boolean;
}

/** A curve in its transport's colour and shape, its name at its end. */
export function curveSeries({ transport, points }: Curve, palette: Palette): EChartsCoreOption {
  const color = colourOf(palette, transport);
  return {
    ...{ type: 'line', name: nameOf(transport), symbol: symbolOf(transport), symbolSize: 8, z: 3 },
    showAllSymbol: true,
    lineStyle: { color, width: 2 },
    itemStyle: { color },
    data: points.map(({ x, y, told, hasSymbol }) => ({
      ...{ value: [x, y], name: told },
      ...(hasSymbol ? {} : { symbol: 'none' }),
    })),
    endLabel: {
      ...{ show: true, formatter: '{a}', distance: 8 },
      ...{ color: palette.text, fontSize: SIZES.small, fontWeight: 600 },
    },
    labelLayout: { moveOverlap: 'shiftY' },
  };
}

/** The room that the names at the curves' ends take. */
export function endLabelsPx(transports: readonly string[]): number {
  return namesPx(transports.map(nameOf));
}

/** A legend's entry for each curve. */
export function curveEntries(transports: readonly string[], palette: Palette): object[] {
  return transports.map((transport) => ({
    ...{ name: nameOf(transport), icon: symbolOf(transport).replace(/^empty(.)/, lower) },
    itemStyle: { color: colourOf(palette, transport) },
    lineStyle: { width: 0 },
  }));
}

function lower(_: string, first: string): string {
  return first.toLowerCase();
}
