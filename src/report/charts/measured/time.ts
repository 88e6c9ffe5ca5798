import type { Report, Round, Series } from '../../../measurements.ts';
import { markOf } from '../../faults/series.ts';
import { duration, NONE, plain } from '../../numbers.ts';
import { type Sheet, sheetOf } from '../../sheet.ts';
import { isSilent } from '../../silence.ts';
import { inProse, nameOf } from '../../words/labels.ts';
import { capital, listed } from '../../words/text.ts';
import type { Chart } from '../chart.ts';
import { type Ends, figureAxis, frame, namesPx, ROOM, SIZES } from '../drawing/frame.ts';
import type { Palette } from '../palette.ts';
import { colourOf, tintOf } from '../palette.ts';
import { highest, lowest, type Track, tracks, valuesOf } from './tracks.ts';

/** The round that stands for a transport: its first valid one, or its first where none is. */
interface Told {
  readonly transport: string;
  readonly name: string;
  readonly round: Round;
  readonly series: Series;
}

const ROW_PX = 54;
const GAP_PX = 12;
const TOP_PX = 26;
const END_PX = 104;

/** The window step by step, a row for each transport, where things went wrong. */
export function timeCharts(report: Report): Chart[] {
  const told = toldOf(report);
  if (told.length === 0) return [];
  const isShown = (track: Track) =>
    (!track.isOfMessages || !isSilent(report.scenario)) &&
    told.some(({ series }) => valuesOf(track, series).some((value) => value > 0));
  return tracks.filter(isShown).map((track) => ({
    ...{ name: track.name, title: track.title },
    summary: summaryOf(track, told),
    note: noteOf(track, told),
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
  const ends = endsFor(track, told);
  const seconds = Math.max(...told.map(({ round }) => round.windowMs / 1000));
  const isLast = (row: number) => row === told.length - 1;
  const axis = figureAxis('seconds', { isLog: false, from: 0, to: seconds }, palette);
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
      ...{ type: ends.isLog ? 'log' : 'value', gridIndex: row, min: ends.from, max: ends.to },
      ...{ name, nameLocation: 'middle', nameGap: 10, nameRotate: 0 },
      ...{ splitLine: { show: false }, axisLabel: { show: false } },
      ...{ axisTick: { show: false }, axisLine: { show: false } },
      nameTextStyle: {
        ...{ align: 'right', fontSize: SIZES.text },
        color: round.valid ? palette.text : palette.alarm,
      },
    })),
    series: told.flatMap((one, row) => [
      rowSeries(track, one, row, palette),
      endSeries(
        track,
        one,
        [seconds, ends.isLog ? Math.sqrt(ends.from * ends.to) : ends.to / 2],
        row,
        palette,
      ),
    ]),
  };
}

function endsFor(track: Track, told: readonly Told[]): Ends {
  const [first] = told;
  const values = told.flatMap(({ series }) => valuesOf(track, series));
  return first === undefined ? { isLog: false, from: 0, to: 1 } : track.endsOf(values, first.series);
}

function rowSeries(track: Track, told: Told, row: number, palette: Palette): object {
  const { transport, series } = told;
  const color = colourOf(palette, transport);
  const second = (step: number) => Number((((step + 0.5) * series.stepMs) / 1000).toPrecision(6));
  return {
    ...{ type: 'line', name: nameOf(transport), xAxisIndex: row, yAxisIndex: row, step: 'middle' },
    ...{ symbol: 'none', lineStyle: { color, width: 1.5 }, itemStyle: { color } },
    areaStyle: { color: tintOf(color, palette), opacity: 1, origin: 'start' },
    data: track.of(series).map((value, step) => ({
      value: [second(step), value === null ? null : Number(value.toPrecision(4))],
      name: `${plain(second(step))} s: ${value === null ? NONE : track.show(value)}`,
    })),
    markArea: marksOf(told, row, palette),
  };
}

/** A row in one figure, behind it. */
function endSeries(
  track: Track,
  { series }: Told,
  value: readonly [number, number],
  row: number,
  palette: Palette,
): object {
  return {
    ...{ type: 'scatter', name: ' ', xAxisIndex: row, yAxisIndex: row, symbolSize: 0.01, silent: true },
    ...{ itemStyle: { opacity: 1 }, data: [value] },
    label: {
      ...{ show: true, position: 'right', formatter: track.end(valuesOf(track, series)) },
      ...{ color: palette.text, fontSize: SIZES.small },
    },
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

function noteOf(track: Track, told: readonly Told[]): string {
  const { isLog, from, to } = endsFor(track, told);
  const isCut = told.some(({ series }) => valuesOf(track, series).some((value) => value > to));
  const faults = told[0]?.round.faults.map(({ fault }, index) => `${markOf(index)}\u00a0${fault}`) ?? [];
  const isDoubtful = told.some(({ round }) => !round.valid);
  return [
    `One round of each, in steps of ${duration(told[0]?.series.stepMs ?? 0)}`,
    `each row from ${track.show(from)} to ${track.show(to)}${isLog ? ', by factors' : ''}${isCut ? ', cut off above' : ''}`,
    ...(faults.length === 0 ? [] : [`shaded: ${faults.join(', ')}`]),
    ...(isDoubtful ? ['? none of its rounds is valid'] : []),
  ].join(' · ');
}

function summaryOf(track: Track, told: readonly Told[]): string {
  const parts = told.map(
    ({ transport, series }) => `${inProse(transport)} ${track.end(valuesOf(track, series))}`,
  );
  return `${capital(track.label)}: ${listed(parts)}.`;
}

/** The figures second by second are thousands; told is what each fault came to. */
function sheetFor(track: Track, told: readonly Told[]): Sheet {
  const faults = told[0]?.round.faults ?? [];
  const during = ({ round, series }: Told, index: number) => {
    const from = round.faults[index]?.beganMs ?? 0;
    const to = round.faults[index + 1]?.beganMs ?? round.windowMs;
    const steps = track.of(series).slice(Math.floor(from / series.stepMs), Math.ceil(to / series.stepMs));
    const values = steps.filter((value) => value !== null);
    return values.length === 0 ? NONE : `${track.show(lowest(values))}–${track.show(highest(values))}`;
  };
  return sheetOf(`${track.label}, lowest and highest from each fault until the next`, told, [
    { group: '', name: '', rank: 0, align: 'left', text: ({ name }) => name },
    ...faults.map(({ fault }, index) => ({
      ...{ group: '', name: `${markOf(index)} ${fault}`, rank: 1 },
      text: (one: Told) => during(one, index),
    })),
  ]);
}
