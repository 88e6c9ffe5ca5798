import type { Report, Round, Series } from '../../measurements.ts';
import { count, duration, NONE, percentage } from '../numbers.ts';
import { wrap } from '../words/text.ts';
import type { Look } from '../writer.ts';

const BARS = '▁▂▃▄▅▆▇█';
/** Nothing at all, and nobody knows. */
const NOTHING = '·';
const UNKNOWN = ' ';
const LABEL_WIDTH = 14;
const PEAK_WIDTH = 10;
const LEAST_ROOM = 12;

/** One line of the picture: what it is, how steps are put together, and how its highest is said. */
interface Track {
  readonly label: string;
  readonly of: (series: Series) => readonly (number | null)[];
  readonly join: (values: readonly number[]) => number;
  readonly show: (value: number, stepMs: number) => string;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]) => sum(values) / values.length;
const highest = (values: readonly number[]) => Math.max(...values);
const perSecond = (value: number, stepMs: number) => `${count((value * 1000) / stepMs)}/s`;

const TRACKS: readonly Track[] = [
  { label: 'arrived', of: ({ arrived }) => arrived, join: mean, show: perSecond },
  { label: 'lost', of: ({ lost }) => lost, join: mean, show: perSecond },
  {
    label: 'latency max',
    of: ({ latencyMaxMs }) => latencyMaxMs,
    join: highest,
    show: (value) => duration(value),
  },
  {
    label: 'connected',
    of: ({ connected }) => connected,
    join: (values) => Math.min(...values),
    show: (value) => count(value),
  },
  { label: 'sockets', of: ({ open }) => open, join: highest, show: (value) => count(value) },
  {
    label: 'server CPU',
    of: ({ coreShare }) => coreShare,
    join: highest,
    show: (value) => `${percentage(value)}%`,
  },
];

/** How a fault is called beneath the picture and in its block: a, b, c. */
export function markOf(index: number): string {
  return String.fromCharCode('a'.charCodeAt(0) + (index % 26));
}

/** The window of the first valid round as lines of bars, the faults marked beneath; nothing where there is no series. */
export function seriesLines({ rounds, scenario }: Report, look: Look): string[] {
  const told =
    rounds.find(({ valid, series }) => valid && series !== null) ?? rounds.find((one) => one.series);
  const series = told?.series;
  if (told === undefined || series === null || series === undefined) return [];
  const room = Math.max(LEAST_ROOM, look.columns - LABEL_WIDTH - PEAK_WIDTH);
  const steps = series.arrived.length;
  const each = Math.max(1, Math.ceil(steps / room));
  const silent = scenario.ratePerSecond === 0;
  const drawn = TRACKS.filter(({ label }) => !silent || !['arrived', 'lost', 'latency max'].includes(label));
  const title = `Round ${told.round}, ${duration(each * series.stepMs)} a character, highest at the right; ${NOTHING} none`;
  return [
    ...wrap(title, look.columns).map((line) => look.chalk.bold(line)),
    ...drawn.flatMap((track) => trackLine(track, series, each, look)),
    marksLine(told, series, each).trimEnd(),
  ];
}

function trackLine(
  { label, of, join, show }: Track,
  series: Series,
  each: number,
  { chalk }: Look,
): string[] {
  const values = bundled(of(series), each).map((bundle) => {
    const known = bundle.filter((value) => value !== null);
    return known.length === 0 ? null : join(known);
  });
  const peak = Math.max(0, ...values.filter((value) => value !== null));
  if (values.every((value) => value === null)) return [];
  const bars = values.map((value) => barOf(value, peak)).join('');
  const told = peak === 0 ? '0' : show(peak, series.stepMs);
  return [`${label.padEnd(LABEL_WIDTH)}${chalk.cyan(bars)} ${told}`];
}

function barOf(value: number | null, peak: number): string {
  if (value === null) return UNKNOWN;
  if (value === 0) return NOTHING;
  const place = Math.min(BARS.length - 1, Math.floor((value / peak) * BARS.length));
  return BARS[place] ?? NONE;
}

/** `a──  b─`: where each fault begins, and how long it is there. */
function marksLine({ faults, windowMs }: Round, { stepMs, arrived }: Series, each: number): string {
  const characters = Array.from({ length: Math.ceil(arrived.length / each) }, () => ' ');
  const placeOf = (ms: number) =>
    Math.min(characters.length - 1, Math.max(0, Math.floor(ms / (stepMs * each))));
  for (const { beganMs, endedMs } of faults) {
    for (let place = placeOf(beganMs ?? 0); place <= placeOf(endedMs ?? windowMs); place++) {
      characters[place] = '─';
    }
  }
  for (const [index, { beganMs }] of faults.entries()) characters[placeOf(beganMs ?? 0)] = markOf(index);
  return 'faults'.padEnd(LABEL_WIDTH) + characters.join('');
}

function bundled<Value>(values: readonly Value[], each: number): Value[][] {
  return Array.from({ length: Math.ceil(values.length / each) }, (_, index) =>
    values.slice(index * each, (index + 1) * each),
  );
}
