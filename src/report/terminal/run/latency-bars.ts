import { type Histogram, stepsOf } from '../../../stats/index.ts';
import { alignPoint, count, plain } from '../../numbers.ts';

/** One row of the terminal histogram. */
interface Bin {
  readonly fromUs: number;
  readonly toUs: number;
  readonly samples: number;
}

const MOST_ROWS = 12;
/** Above this the tail is long and rows grow by a factor, else by a step. */
const LONG_TAIL = 4;
const STEPS = [1, 2, 2.5, 5];
/** Finest first: the preferred numbers that rows may end on inside one decade. */
const DECADES = [
  [1, 1.2, 1.5, 1.8, 2.2, 2.7, 3.3, 3.9, 4.7, 5.6, 6.8, 8.2],
  [1, 1.5, 2, 3, 5, 7],
  [1, 2, 5],
  [1, 3],
  [1],
];
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
const LEAST_BAR = 10;
const MOST_BAR = 60;

/** The samples' distribution as rows of bars, about ten of them. */
export function latencyBars(histogram: Histogram, columns: number): string[] {
  const bins = binsOf(histogram);
  const total = histogram.totalCount;
  const most = Math.max(1, ...bins.map(({ samples }) => samples));
  const from = alignPoint(bins.map(({ fromUs }) => plain(fromUs / 1000)));
  const to = alignPoint(bins.map(({ toUs }) => plain(toUs / 1000)));
  const counts = bins.map(({ samples }) => count(samples));
  const shares = alignPoint(bins.map(({ samples }) => shareOf(samples, total)));
  const countWidth = Math.max(0, ...counts.map(({ length }) => length));
  return bins.map(({ samples }, index) => {
    const label = `${from[index]} – ${to[index]} ms`;
    const tail = `${(counts[index] ?? '').padStart(countWidth)}  ${shares[index]}%`;
    const room = Math.min(MOST_BAR, Math.max(LEAST_BAR, columns - label.length - tail.length - 4));
    return `${label}  ${bar(samples / most, room).padEnd(room)}  ${tail}`;
  });
}

function shareOf(samples: number, total: number): string {
  const percent = (samples / total) * 100;
  return percent > 0 && percent < 0.05 ? '<0.1' : percent.toFixed(1);
}

/** A bar to an eighth of a character; whatever is there at all is seen. */
export function bar(share: number, room: number): string {
  const eighths = Math.max(share > 0 ? 1 : 0, Math.round(share * room * 8));
  return '█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '');
}

function binsOf(histogram: Histogram): Bin[] {
  const steps = stepsOf(histogram);
  const lowest = steps[0]?.lowUs;
  const highest = steps.at(-1)?.highUs;
  if (lowest === undefined || highest === undefined) return [];
  const middle = histogram.getValueAtPercentile(50);
  const edges =
    highest > LONG_TAIL * middle ? factorEdges(Math.max(1, lowest), highest) : stepEdges(lowest, highest);
  return edges.slice(1).map((toUs, index) => {
    const fromUs = edges[index] ?? 0;
    const inside = steps.filter(({ lowUs }) => lowUs >= (index === 0 ? 0 : fromUs) && lowUs < toUs);
    return { fromUs, toUs, samples: inside.reduce((sum, step) => sum + step.count, 0) };
  });
}

function stepEdges(lowest: number, highest: number): number[] {
  const decade = 10 ** Math.floor(Math.log10(Math.max(1, (highest - lowest) / MOST_ROWS)));
  const rows = (step: number) => Math.floor(highest / step) - Math.floor(lowest / step) + 1;
  const steps = [...STEPS.map((step) => step * decade), ...STEPS.map((step) => step * decade * 10)];
  const step = steps.find((candidate) => rows(candidate) <= MOST_ROWS) ?? highest;
  const first = Math.floor(lowest / step);
  return Array.from({ length: rows(step) + 1 }, (_, index) => (first + index) * step);
}

function factorEdges(lowest: number, highest: number): number[] {
  const candidates = DECADES.map((decade) => edgesAround(decade, lowest, highest));
  return candidates.find((edges) => edges.length <= MOST_ROWS + 1) ?? candidates.at(-1) ?? [];
}

function edgesAround(decade: readonly number[], lowest: number, highest: number): number[] {
  const first = Math.floor(Math.log10(lowest));
  const last = Math.floor(Math.log10(highest)) + 1;
  const powers = Array.from({ length: last - first + 1 }, (_, index) => 10 ** (first + index));
  const all = powers.flatMap((power) => decade.map((step) => step * power));
  const from = all.findLastIndex((edge) => edge <= lowest);
  const to = all.findIndex((edge) => edge > highest);
  return all.slice(Math.max(0, from), to + 1);
}
