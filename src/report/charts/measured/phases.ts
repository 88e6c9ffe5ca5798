import type { PhaseResult, Report } from '../../../measurements.ts';
import { medianOf } from '../../../stats/index.ts';
import { figure, NONE } from '../../numbers.ts';
import { phaseFigures, phaseGroupsOf } from '../../phases.ts';
import { sheetOf } from '../../sheet.ts';
import { capital, listed } from '../../words/text.ts';
import type { Chart } from '../chart.ts';
import { curveEntries, curveSeries, endLabelsPx } from '../drawing/curves.ts';
import {
  doubtNote,
  endsOf,
  figureAxis,
  frame,
  legendOf,
  legendPx,
  nameAxis,
  ROOM,
} from '../drawing/frame.ts';
import type { Palette } from '../palette.ts';
import { type Measured, measuredOf } from './rows.ts';

/** A transport's medians, phase by phase; undefined where a phase tells none. */
interface Phased extends Measured {
  readonly values: readonly (number | undefined)[];
}

interface Quantity {
  readonly name: string;
  readonly title: string;
  readonly label: string;
  readonly unit: string;
  readonly key: string;
}

const QUANTITIES: readonly Quantity[] = [
  {
    ...{ name: 'phases', title: 'How long messages take as the load changes', key: 'latencyP99Ms' },
    ...{ label: 'one-way latency p99', unit: 'ms' },
  },
  {
    ...{ name: 'phases-cpu', title: 'What the server spends as the load changes', key: 'serverCpuPercent' },
    ...{ label: 'server CPU', unit: '% of a core' },
  },
];

const HEIGHT_PX = 320;

/** The names of charts by phase. */
export const phaseChartNames: readonly string[] = QUANTITIES.map(({ name }) => name);

/** What changes from phase to phase, where there are phases. */
export function phaseCharts(report: Report): Chart[] {
  const phases = phaseGroupsOf(report, []).map(({ name, pace }) => ({ name, pace }));
  if (phases.length === 0) return [];
  return QUANTITIES.flatMap((quantity) => {
    const rows = measuredOf(report).map((row) => ({
      ...row,
      values: valuesOf(row, quantity, phases.length),
    }));
    if (rows.every(({ values }) => values.every((value) => value === undefined))) return [];
    const { name, title, label, unit } = quantity;
    return [
      {
        ...{ name, title, heightPx: HEIGHT_PX },
        summary: summaryOf(rows, quantity),
        note: ['Points: medians over the valid rounds', ...doubtNote(rows)].join(' · '),
        option: (palette: Palette) => optionOf(rows, phases, quantity, palette),
        sheets: [
          sheetOf(`${label}, ${unit}`, rows, [
            { group: '', name: '', rank: 0, align: 'left', text: (row) => row.name },
            ...phases.map((phase, index) => ({
              ...{ group: '', name: `${phase.name}, ${phase.pace} msg/s`, rank: 1 },
              text: ({ values }: Phased) => figure(values[index], 2),
              value: ({ values }: Phased) => values[index],
            })),
          ]),
        ],
      },
    ];
  });
}

function valuesOf({ rounds }: Measured, { key }: Quantity, many: number): (number | undefined)[] {
  const of = phaseFigures.find((one) => one.key === key)?.of ?? ((_: PhaseResult) => null);
  return Array.from({ length: many }, (_, index) => {
    const told = rounds.flatMap(({ phases }) => phases[index] ?? []).map(of);
    return medianOf(told.filter((value) => value !== null));
  });
}

function optionOf(
  rows: readonly Phased[],
  phases: readonly { readonly name: string; readonly pace: string }[],
  { label, unit }: Quantity,
  palette: Palette,
) {
  const transports = rows.map(({ transport }) => transport);
  const known = rows.flatMap(({ values }) => values.filter((value) => value !== undefined));
  const names = phases.map(({ name, pace }) => `${name}\n${pace} msg/s`);
  const entries = curveEntries(transports, palette);
  return {
    ...frame(palette),
    legend: legendOf(entries, palette),
    grid: { left: 62, right: endLabelsPx(transports), top: legendPx(entries) + 8, bottom: ROOM.axis },
    xAxis: nameAxis(names, palette),
    yAxis: { ...figureAxis(`${label}, ${unit}`, endsOf(known), palette), nameGap: 44 },
    series: rows.map(({ transport, values }) => {
      const points = values.map((value, index) => ({
        ...{ x: index, y: value ?? null, hasSymbol: value !== undefined },
        told: `${phases[index]?.name}: ${value === undefined ? NONE : `${figure(value, 2)} ${unit}`}`,
      }));
      return curveSeries({ transport, points }, palette);
    }),
  };
}

function summaryOf(rows: readonly Phased[], { label, unit }: Quantity): string {
  const told = rows.map(({ prose, values }) => {
    const known = values.filter((value) => value !== undefined);
    const [least, most] = [Math.min(...known), Math.max(...known)].map((value) => figure(value, 2));
    return `${prose} ${least === most ? most : `${least} to ${most}`} ${unit}`;
  });
  return `${capital(label)}, phase by phase: ${listed(told)}.`;
}
