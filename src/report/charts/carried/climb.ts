import type { EChartsCoreOption } from 'echarts/core';
import { duration } from '../../numbers.ts';
import { endsOf, figureAxis, frame, legendOf, legendPx, namesPx, ROOM, SIZES } from '../drawing/frame.ts';
import type { Palette } from '../palette.ts';
import { type Lines, PANELS } from './lines.ts';

/** What both panels are measured out by. */
export interface Climb {
  readonly loads: readonly number[];
  readonly loadName: string;
  readonly latencyName: string;
  readonly latencies: readonly number[];
  /** The bound on latency, in milliseconds; null where there is none. */
  readonly bound: number | null;
  /** The load that is marked from top to bottom, and what it comes to; null where each line has its own mark. */
  readonly limit: { readonly load: number; readonly told: string } | null;
}

const HEIGHT_PX = { latency: 200, cpu: 130 };
const GAP_PX = 30;
const MARKS_PX = 24;
/** The names at the ends of lines, where no legend tells them. */
const LABELS_PX = namesPx(["clients' side"]);
/** So much above the bound some room is left. */
const OVER_BOUND = 1.5;
const MARK = ' ';

/** Room for a legend of the most that are drawn, both panels and the axis. */
export function climbHeight({ limit }: Climb): number {
  const top = MARKS_PX + (limit === null ? ROOM.legend + 24 : 0);
  return top + HEIGHT_PX.latency + GAP_PX + HEIGHT_PX.cpu + ROOM.axis;
}

/** Latency above and CPU below, over the load. */
export function climbOption(climb: Climb, { series, entries }: Lines, palette: Palette): EChartsCoreOption {
  const { loads, loadName, latencies, latencyName, bound } = climb;
  const room = { left: 76, right: entries.length === 0 ? LABELS_PX : MARKS_PX };
  const top = MARKS_PX + (entries.length === 0 ? 0 : legendPx(entries));
  const along = { ...figureAxis(loadName, endsOf(loads), palette), splitLine: { show: false } };
  const latency = endsOf([...latencies, ...(bound === null ? [] : [bound * OVER_BOUND])]);
  const cpu = { isLog: false, from: 0, to: 100 };
  return {
    ...frame(palette),
    ...(entries.length === 0 ? {} : { legend: legendOf(entries, palette) }),
    grid: [
      { ...room, top, height: HEIGHT_PX.latency },
      { ...room, top: top + HEIGHT_PX.latency + GAP_PX, height: HEIGHT_PX.cpu },
    ],
    xAxis: [
      { ...along, gridIndex: PANELS.latency, name: '', axisLabel: { show: false } },
      { ...along, gridIndex: PANELS.cpu },
    ],
    yAxis: [
      { ...figureAxis(latencyName, latency, palette), gridIndex: PANELS.latency, nameGap: 54 },
      {
        ...figureAxis('CPU, % of a core', cpu, palette),
        gridIndex: PANELS.cpu,
        nameGap: 54,
        max: 100,
        interval: 25,
      },
    ],
    series: [...series, ...marksOf(climb, palette)],
  };
}

/** The bound across the upper panel, and the limit down both. */
function marksOf({ bound, limit }: Climb, palette: Palette): object[] {
  const label = { color: palette.text, fontSize: SIZES.small, fontWeight: 600 };
  const line = { color: palette.alarm, type: 'dashed', width: 1.5 };
  const across = {
    ...{ yAxis: bound, lineStyle: line },
    label: { ...label, color: palette.alarm, position: 'insideStartTop', formatter: duration(bound ?? 0) },
  };
  const down = (isLabelled: boolean) => ({
    ...{ xAxis: limit?.load, lineStyle: { ...line, color: palette.text } },
    label: { ...label, show: isLabelled, position: 'end', formatter: limit?.told },
  });
  const marks = (panel: number, data: readonly object[]) => ({
    ...{ type: 'line', name: MARK, xAxisIndex: panel, yAxisIndex: panel, data: [], silent: true },
    markLine: { symbol: 'none', silent: true, animation: false, z: 1, data },
  });
  const limits = (isLabelled: boolean) => (limit === null ? [] : [down(isLabelled)]);
  return [
    marks(PANELS.latency, [...(bound === null ? [] : [across]), ...limits(true)]),
    marks(PANELS.cpu, limits(false)),
  ];
}
