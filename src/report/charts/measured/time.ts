import type { Report, Round, Series } from '../../../measurements.ts';
import { markOf } from '../../faults/series.ts';
import { count, duration, figure, NONE, plain } from '../../numbers.ts';
import { type Sheet, sheetOf } from '../../sheet.ts';
import { isSilent } from '../../silence.ts';
import { inProse, nameOf } from '../../words/labels.ts';
import { listed } from '../../words/text.ts';
import type { Chart, Palette } from '../chart.ts';
import { figureAxis, frame, namesPx, ROOM, SIZES } from '../drawing/frame.ts';
import { colourOf, tintOf } from '../palette.ts';

/** The round that stands for a transport: its first valid one, or its first where none is. */
interface Told {
  readonly transport: string;
  readonly name: string;
  readonly round: Round;
  readonly series: Series;
}

/** Something that each step of the window has a figure of. */
interface Track {
  readonly name: string;
  readonly title: string;
  readonly label: string;
  readonly isOfMessages: boolean;
  readonly of: (series: Series) => readonly (number | null)[];
  readonly show: (value: number) => string;
  /** What of it is told at the row's end, in one figure. */
  readonly end: (values: readonly number[]) => string;
}

const highest = (values: readonly number[]) => Math.max(0, ...values);
const perSecond = (values: readonly number[], stepMs: number) =>
  values.map((value) => (value * 1000) / stepMs);

const TRACKS: readonly Track[] = [
  {
    ...{ name: 'time', title: 'What arrives while things go wrong', isOfMessages: true },
    label: 'messages arriving a second',
    of: ({ arrived, stepMs }) => perSecond(arrived, stepMs),
    show: (value) => `${count(value)}/s`,
    end: (values) => `up to ${count(highest(values))}/s`,
  },
  {
    ...{ name: 'time-lost', title: 'What is lost while things go wrong', isOfMessages: true },
    label: 'messages lost, of those due a second',
    of: ({ lost, stepMs }) => perSecond(lost, stepMs),
    show: (value) => `${count(value)}/s`,
    end: (values) => (highest(values) === 0 ? 'none' : `up to ${count(highest(values))}/s`),
  },
  {
    ...{ name: 'time-latency', title: 'How late messages are while things go wrong', isOfMessages: true },
    label: 'highest latency of what arrives, ms',
    of: ({ latencyMaxMs }) => latencyMaxMs,
    show: (value) => `${figure(value, 2)} ms`,
    end: (values) => `up to ${duration(Number(highest(values).toPrecision(2)))}`,
  },
  {
    ...{ name: 'time-connected', title: 'Who believes to be connected', isOfMessages: false },
    label: 'connected clients',
    of: ({ connected }) => connected,
    show: (value) => count(value),
    end: (values) => `down to ${count(Math.min(...values))}`,
  },
  {
    ...{ name: 'time-cpu', title: 'What it costs the server while things go wrong', isOfMessages: false },
    label: 'server CPU, % of a core',
    of: ({ coreShare }) => coreShare.map((share) => (share === null ? null : share * 100)),
    show: (value) => `${figure(value, 2)}%`,
    end: (values) => `up to ${figure(highest(values), 2)}%`,
  },
];

const ROW_PX = 64;
const GAP_PX = 14;
const TOP_PX = 26;
const END_PX = 104;

/** The names of charts over time, whether or not a report has them. */
export const timeNames: readonly string[] = TRACKS.map(({ name }) => name);

/** The window step by step, a row for each transport, where things went wrong. */
export function timeCharts(report: Report): Chart[] {
  const told = toldOf(report);
  if (told.length === 0) return [];
  const isShown = (track: Track) =>
    (!track.isOfMessages || !isSilent(report.scenario)) &&
    told.some(({ series }) => valuesOf(track, series).some((value) => value > 0));
  return TRACKS.filter(isShown).map((track) => ({
    ...{ name: track.name, title: track.title },
    summary: summaryOf(track, told),
    note: noteOf(told),
    heightPx: TOP_PX + told.length * (ROW_PX + GAP_PX) + ROOM.axis - GAP_PX,
    option: (palette) => optionOf(track, told, palette),
    sheets: [sheetFor(track, told)],
  }));
}

function toldOf({ summaries, rounds }: Report): Told[] {
  return summaries.flatMap(({ transport }) => {
    const own = rounds.filter((round) => round.transport === transport && round.series !== null);
    const round = own.find(({ valid }) => valid) ?? own[0];
    const series = round?.series ?? null;
    if (round === undefined || series === null) return [];
    return [{ transport, name: nameOf(transport) + (round.valid ? '' : ' ?'), round, series }];
  });
}

function optionOf(track: Track, told: readonly Told[], palette: Palette) {
  const names = told.map(({ name }) => name);
  const most = Math.max(...told.flatMap(({ series }) => valuesOf(track, series)));
  const seconds = Math.max(...told.map(({ series }) => (series.arrived.length * series.stepMs) / 1000));
  const isLast = (row: number) => row === told.length - 1;
  const axis = { ...figureAxis(`seconds · ${track.label}`, { isLog: false, from: 0, to: seconds }, palette) };
  return {
    ...frame(palette),
    grid: told.map((_, row) => ({
      ...{ left: namesPx(names), right: END_PX, height: ROW_PX },
      top: TOP_PX + row * (ROW_PX + GAP_PX),
    })),
    xAxis: told.map((_, row) => ({
      ...axis,
      ...{ gridIndex: row, max: seconds, splitLine: { show: false } },
      axisLine: { show: true, onZero: false, lineStyle: { color: palette.faint } },
      ...(isLast(row) ? {} : { name: '', axisLabel: { show: false } }),
    })),
    yAxis: told.map(({ name, round }, row) => ({
      ...{ type: 'value', gridIndex: row, min: 0, max: most, name, nameLocation: 'middle', nameGap: 10 },
      ...{ nameRotate: 0, splitLine: { show: false }, axisLabel: { show: false } },
      nameTextStyle: {
        ...{ align: 'right', fontSize: SIZES.text },
        color: round.valid ? palette.text : palette.alarm,
      },
    })),
    series: told.map((one, row) => rowSeries(track, one, row, palette)),
  };
}

function rowSeries(track: Track, told: Told, row: number, palette: Palette): object {
  const { transport, series } = told;
  const color = colourOf(palette, transport);
  const values = track.of(series);
  const second = (step: number) => Number((((step + 0.5) * series.stepMs) / 1000).toPrecision(6));
  return {
    ...{ type: 'line', name: nameOf(transport), xAxisIndex: row, yAxisIndex: row, step: 'middle' },
    ...{ symbol: 'none', lineStyle: { color, width: 1.5 }, itemStyle: { color } },
    areaStyle: { color: tintOf(color, palette), opacity: 1 },
    data: values.map((value, step) => ({
      value: [second(step), value === null ? null : Number(value.toPrecision(4))],
      name: `${plain(second(step))} s: ${value === null ? NONE : track.show(value)}`,
    })),
    markArea: marksOf(told, row, palette),
  };
}

/** Each fault as a stretch of the background, its letter above the first row. */
function marksOf({ round, series }: Told, row: number, palette: Palette): object {
  const stepMs = series.stepMs;
  const label = { position: 'top', color: palette.alarm, fontSize: SIZES.small, fontWeight: 600 };
  return {
    silent: true,
    itemStyle: { color: palette.alarm, opacity: 0.16 },
    label: { show: row === 0, ...label },
    data: round.faults.map(({ beganMs, endedMs }, index) => {
      const from = beganMs ?? 0;
      // What is over at once is seen as a step nevertheless.
      const to = Math.max(endedMs ?? round.windowMs, from + stepMs);
      return [{ name: markOf(index), xAxis: from / 1000 }, { xAxis: Math.min(to, round.windowMs) / 1000 }];
    }),
  };
}

function noteOf(told: readonly Told[]): string {
  const faults = told[0]?.round.faults.map(({ fault }, index) => `${markOf(index)} ${fault}`) ?? [];
  const isDoubtful = told.some(({ round }) => !round.valid);
  return [
    `one round of each, in steps of ${duration(told[0]?.series.stepMs ?? 0)}, all rows to one scale`,
    ...(faults.length === 0 ? [] : [`shaded: ${faults.join(', ')}`]),
    ...(isDoubtful ? ['? none of its rounds is valid'] : []),
  ].join(' · ');
}

function valuesOf({ of }: Track, series: Series): number[] {
  return of(series).filter((value) => value !== null);
}

function summaryOf(track: Track, told: readonly Told[]): string {
  const parts = told.map(
    ({ transport, series }) => `${inProse(transport)} ${track.end(valuesOf(track, series))}`,
  );
  return `${track.label}: ${listed(parts)}.`;
}

/** The figures second by second are thousands; told is what each fault came to. */
function sheetFor(track: Track, told: readonly Told[]): Sheet {
  const faults = told[0]?.round.faults ?? [];
  const during = ({ round, series }: Told, index: number) => {
    const from = round.faults[index]?.beganMs ?? 0;
    const to = round.faults[index + 1]?.beganMs ?? round.windowMs;
    const steps = track.of(series).slice(Math.floor(from / series.stepMs), Math.ceil(to / series.stepMs));
    const values = steps.filter((value) => value !== null);
    return values.length === 0 ? NONE : `${track.show(Math.min(...values))}–${track.show(highest(values))}`;
  };
  return sheetOf(`${track.label}, lowest and highest from each fault until the next`, told, [
    { group: '', name: '', rank: 0, align: 'left', text: ({ name }) => name },
    ...faults.map(({ fault }, index) => ({
      ...{ group: '', name: `${markOf(index)} ${fault}`, rank: 1 },
      text: (one: Told) => during(one, index),
    })),
  ]);
}
