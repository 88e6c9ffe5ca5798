import type { Series } from '../../../measurements.ts';
import { count, duration, figure, percentage } from '../../numbers.ts';
import { type Ends, endsOf } from '../drawing/frame.ts';

/** Something that each step of the window has a figure of. */
export interface Track {
  readonly name: string;
  readonly title: string;
  readonly label: string;
  readonly isOfMessages: boolean;
  readonly of: (series: Series) => readonly (number | null)[];
  readonly show: (value: number) => string;
  /** What of it is told at the row's end, in one figure. */
  readonly end: (values: readonly number[]) => string;
  /** What rows reach from and to, of all their values and one of their series. */
  readonly endsOf: (values: readonly number[], series: Series) => Ends;
}

/** The highest of some figures, at least 0. */
export const highest = (values: readonly number[]) => Math.max(0, ...values);
/** The lowest of some figures. */
export const lowest = (values: readonly number[]) => Math.min(...values);
const rate = (value: number) => `${count(value)}/s`;
const percent = (value: number) => `${percentage(value / 100)}%`;
const time = (value: number) => duration(Number(value.toPrecision(2)));
/** Rows are this many times as high as what is due; what arrives in a burst is cut off there. */
const BURST = 4;

/** Everything that is drawn over time. */
export const tracks: readonly Track[] = [
  {
    ...{ name: 'time', title: 'What becomes of the messages while things go wrong', isOfMessages: true },
    label: 'delivered, of the messages due at that moment',
    of: ({ expected, lost }) =>
      expected.map((due, step) => (due === 0 ? null : 100 - ((lost[step] ?? 0) / due) * 100)),
    show: percent,
    end: (values) => `${percent(values.reduce((sum, value) => sum + value, 0) / values.length)} in all`,
    endsOf: () => ({ isLog: false, from: 0, to: 100 }),
  },
  {
    ...{ name: 'time-arrived', title: 'What arrives while things go wrong', isOfMessages: true },
    label: 'messages arriving',
    of: ({ arrived, stepMs }) => arrived.map((value) => (value * 1000) / stepMs),
    show: rate,
    end: (values) => `up to ${rate(highest(values))}`,
    endsOf: (_, { expected, stepMs }) => ({
      ...{ isLog: false, from: 0 },
      to: (highest(expected) * BURST * 1000) / stepMs,
    }),
  },
  {
    ...{ name: 'time-latency', title: 'How late messages are while things go wrong', isOfMessages: true },
    label: 'highest latency of what arrives',
    of: ({ latencyMaxMs }) => latencyMaxMs,
    show: time,
    end: (values) => `up to ${time(highest(values))}`,
    endsOf,
  },
  {
    ...{ name: 'time-connected', title: 'How many believe that they are connected', isOfMessages: false },
    label: 'connected clients',
    of: ({ connected }) => connected,
    show: count,
    end: (values) => `down to ${count(lowest(values))}`,
    endsOf: (values) => ({ isLog: false, from: 0, to: highest(values) }),
  },
  {
    ...{ name: 'time-cpu', title: 'What it costs the server while things go wrong', isOfMessages: false },
    label: 'server CPU, of a core',
    of: ({ coreShare }) => coreShare.map((share) => (share === null ? null : share * 100)),
    show: (value) => `${figure(value, 2)}%`,
    end: (values) => `up to ${figure(highest(values), 2)}%`,
    endsOf: (values) => ({ isLog: false, from: 0, to: highest(values) }),
  },
];

/** What is known of a track. */
export function valuesOf({ of }: Pick<Track, 'of'>, series: Series): number[] {
  return of(series).filter((value) => value !== null);
}
