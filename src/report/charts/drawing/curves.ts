import type { EChartsCoreOption } from 'echarts/core';
import { nameOf } from '../../words/labels.ts';
import type { Palette } from '../palette.ts';
import { colourOf, shapeOf } from '../palette.ts';
import { type Entry, namesPx, SIZES } from './frame.ts';

/** One transport along an axis. */
export interface Curve {
  readonly transport: string;
  readonly points: readonly CurvePoint[];
}

export interface CurvePoint {
  readonly x: number;
  /** Null where there is none. */
  readonly y: number | null;
  /** What a tooltip says. */
  readonly told: string;
  readonly hasSymbol: boolean;
}

/** A curve in its transport's colour and shape, its name at its end. */
export function curveSeries({ transport, points }: Curve, palette: Palette): EChartsCoreOption {
  const color = colourOf(palette, transport);
  return {
    ...{ type: 'line', name: nameOf(transport), symbol: shapeOf(transport).symbol, symbolSize: 8, z: 3 },
    showAllSymbol: true,
    lineStyle: { color, width: 2 },
    itemStyle: inkOf(transport, palette),
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
export function curveEntries(transports: readonly string[], palette: Palette): Entry[] {
  return transports.map((transport) => ({
    ...{ name: nameOf(transport), icon: shapeOf(transport).symbol },
    itemStyle: inkOf(transport, palette),
  }));
}

function inkOf(transport: string, palette: Palette): object {
  const color = colourOf(palette, transport);
  const { isHollow } = shapeOf(transport);
  return isHollow ? { color: palette.background, borderColor: color, borderWidth: 2 } : { color };
}
