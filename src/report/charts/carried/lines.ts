import type { EChartsCoreOption } from 'echarts/core';
import type { Capacity, CapacityStep, TransportCapacity } from '../../../measurements.ts';
import { stepsInOrder } from '../../capacity/rows.ts';
import { boundOf, loadText } from '../../capacity/words.ts';
import { figure } from '../../numbers.ts';
import { nameOf } from '../../words/labels.ts';
import type { Entry } from '../drawing/frame.ts';
import { SIZES } from '../drawing/frame.ts';
import { colourOf, type Palette, shapeOf } from '../palette.ts';

/** One above the other, over the same loads. */
export const PANELS = { latency: 0, cpu: 1 } as const;

/** What is drawn over the load, and its names. */
export interface Lines {
  readonly series: readonly EChartsCoreOption[];
  readonly entries: readonly Entry[];
}

/** One figure of a transport's steps. */
interface Line {
  readonly name: string;
  readonly colour: string;
  readonly symbol: string;
  readonly panel: (typeof PANELS)[keyof typeof PANELS];
  readonly isDashed: boolean;
  of(step: CapacityStep): number | null;
  show(value: number): string;
}

/** A latency and the server's CPU of each transport, the answer ringed. */
export function sideBySide({ slo }: Capacity, drawn: readonly TransportCapacity[], palette: Palette): Lines {
  const percentile = boundOf(slo)?.figure ?? 'p99';
  const lines = drawn.flatMap((found) => {
    const { transport } = found;
    const own = {
      ...{ name: nameOf(transport), colour: colourOf(palette, transport), isDashed: false },
      symbol: shapeOf(transport).symbol,
    };
    return [
      { found, line: { ...own, ...LATENCY, of: latencyOf(percentile) } },
      { found, line: { ...own, ...SHARE, of: serverOf } },
    ];
  });
  return {
    series: lines.flatMap(({ found, line }) => [pathOf(found, line, palette), ringOf(found, line, palette)]),
    entries: entriesOf(lines.map(({ line }) => line)),
  };
}

/** Two latencies of one transport, and how busy the server and the clients' side were. */
export function linesOf({ slo }: Capacity, found: TransportCapacity, palette: Palette): Lines {
  const percentile = boundOf(slo)?.figure ?? 'p99';
  const colour = colourOf(palette, found.transport);
  const first = { colour, symbol: shapeOf(found.transport).symbol, isDashed: false };
  const second = { colour: palette.faint, symbol: 'emptyCircle', isDashed: true };
  const lines: Line[] = [
    { ...first, ...LATENCY, name: percentile, of: latencyOf(percentile) },
    ...(percentile === 'p50' ? [] : [{ ...second, ...LATENCY, name: 'p50', of: latencyOf('p50') }]),
    { ...first, ...SHARE, name: 'server', of: serverOf },
    { ...second, ...SHARE, name: "clients' side", of: clientsOf },
  ];
  return { series: lines.map((line) => named(pathOf(found, line, palette), palette)), entries: [] };
}

const LATENCY = { panel: PANELS.latency, show: (value: number) => `${figure(value)} ms` };
const SHARE = { panel: PANELS.cpu, show: (value: number) => `${Math.round(value)}% of a core` };

function latencyOf(name: 'p50' | 'p90' | 'p99' | 'p999' | 'max' | 'mean') {
  return ({ latency }: CapacityStep) => latency?.[`${name}Ms`] ?? null;
}

function serverOf({ serverCoreShare }: CapacityStep): number | null {
  return serverCoreShare === null ? null : serverCoreShare * 100;
}

function clientsOf({ driverCoreShare }: CapacityStep): number | null {
  return driverCoreShare === null ? null : driverCoreShare * 100;
}

function named(path: EChartsCoreOption, palette: Palette): EChartsCoreOption {
  const label = { color: palette.text, fontSize: SIZES.small, fontWeight: 600 };
  return {
    ...path,
    endLabel: { show: true, formatter: '{a}', distance: 8, ...label },
    labelLayout: { moveOverlap: 'shiftY' },
  };
}

function pathOf(found: TransportCapacity, line: Line, palette: Palette): EChartsCoreOption {
  const { name, colour, symbol, panel, isDashed } = line;
  return {
    ...{ type: 'line', name, xAxisIndex: panel, yAxisIndex: panel, symbol, symbolSize: 8, z: 3 },
    showAllSymbol: true,
    lineStyle: { color: colour, width: isDashed ? 1.5 : 2, type: isDashed ? 'dashed' : 'solid' },
    itemStyle: { color: colour },
    data: stepsInOrder(found).flatMap((step) => pointOf(step, line, palette)),
  };
}

function pointOf(step: CapacityStep, { of, show }: Line, palette: Palette): object[] {
  const y = of(step);
  if (y === null) return [];
  const name = `${loadText(step.value)}: ${show(y)}`;
  const isBeyond = step.verdict !== 'pass';
  return [
    {
      ...{ value: [step.value, Number(y.toPrecision(4))], name },
      ...(isBeyond && { itemStyle: { color: palette.alarm } }),
    },
  ];
}

/** Around the highest load within the bounds. */
function ringOf(found: TransportCapacity, line: Line, palette: Palette): EChartsCoreOption {
  const { name, colour, panel } = line;
  const best = found.steps.find(({ value }) => value === found.answer.value);
  return {
    ...{ type: 'scatter', name, xAxisIndex: panel, yAxisIndex: panel, symbol: 'circle', symbolSize: 18 },
    ...{ z: 4, silent: true },
    itemStyle: { color: 'transparent', borderColor: colour, borderWidth: 2, opacity: 1 },
    data: best === undefined ? [] : pointOf({ ...best, verdict: 'pass' }, line, palette),
  };
}

function entriesOf(lines: readonly Line[]): Entry[] {
  return lines
    .filter(({ panel }) => panel === PANELS.latency)
    .map(({ name, symbol, colour }) => ({ name, icon: symbol, itemStyle: { color: colour } }));
}
