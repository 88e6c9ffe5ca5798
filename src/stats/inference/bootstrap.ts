import { seededRandom } from '../random.ts';

const RESAMPLES = 1000;
/** Pairs grow with the square: beyond so many values neighbours are averaged first. */
const MOST_PAIRED = 100;

/** The middle of some values, and how far the middles of resampled values lie from it. */
export interface Middle {
  readonly at: number;
  /** In no order; widened a little, since values resampled from few scatter less than new ones would. */
  readonly deviations: Float64Array;
  readonly values: number;
}

/** What a middle is looked for in: each candidate comes from two values (or twice from one), lowest first. */
interface Candidates {
  readonly values: Float64Array;
  readonly first: Uint32Array;
  readonly second: Uint32Array;
  /** How often the candidate of a value with itself counts, where that value was drawn so many times. */
  own(times: number): number;
}

/** The middle value; undefined where there is none. */
export function medianOf(values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  return middleOf(singles(values), new Uint32Array(values.length).fill(1));
}

/** The median and its bootstrap; the same values and seed give the same result. */
export function bootstrapMedian(values: readonly number[], seed = 1): Middle {
  return bootstrap(values.length, singles(values), seed);
}

/**
 * The median of the means of all pairs (Hodges and Lehmann) and its bootstrap: nearly as sure as the mean where
 * rounds scatter evenly, and hardly moved by one that is far off.
 */
export function bootstrapCentre(values: readonly number[], seed = 1): Middle {
  const few = joined(values, Math.ceil(values.length / MOST_PAIRED));
  return bootstrap(few.length, pairMeans(few), seed);
}

function bootstrap(many: number, candidates: Candidates, seed: number): Middle {
  const at = middleOf(candidates, new Uint32Array(many).fill(1));
  const random = seededRandom(seed);
  const times = new Uint32Array(many);
  const widening = Math.sqrt(many / (many - 1));
  const deviations = Float64Array.from({ length: RESAMPLES }, () => {
    times.fill(0);
    for (let drawn = 0; drawn < many; drawn++) {
      const index = Math.floor(random() * many);
      times[index] = (times[index] ?? 0) + 1;
    }
    return widening * (middleOf(candidates, times) - at);
  });
  return { at, deviations, values: many };
}

function joined(values: readonly number[], size: number): number[] {
  return Array.from({ length: Math.floor(values.length / size) }, (_, index) => {
    const part = values.slice(index * size, (index + 1) * size);
    return part.reduce((sum, value) => sum + value, 0) / size;
  });
}

function singles(values: readonly number[]): Candidates {
  const found = values.map((value, index) => ({ value, first: index, second: index }));
  return candidates(found, (times) => times);
}

function pairMeans(values: readonly number[]): Candidates {
  const found = values.flatMap((value, first) =>
    values.slice(first).map((other, next) => ({ value: (value + other) / 2, first, second: first + next })),
  );
  return candidates(found, (times) => (times * (times + 1)) / 2);
}

function candidates(
  found: { readonly value: number; readonly first: number; readonly second: number }[],
  own: Candidates['own'],
): Candidates {
  found.sort((a, b) => a.value - b.value);
  return {
    values: Float64Array.from(found, ({ value }) => value),
    first: Uint32Array.from(found, ({ first }) => first),
    second: Uint32Array.from(found, ({ second }) => second),
    own,
  };
}

/** Sorted once for all resamples: each only counts its candidates differently. */
function middleOf({ values, first, second, own }: Candidates, times: Uint32Array): number {
  const half = own(times.length) / 2;
  let passed = 0;
  let lower: number | undefined;
  for (let index = 0; index < values.length; index++) {
    const one = first[index] ?? 0;
    const other = second[index] ?? 0;
    const often = times[one] ?? 0;
    const counted = one === other ? own(often) : often * (times[other] ?? 0);
    if (counted === 0) continue;
    const value = values[index] ?? 0;
    if (lower !== undefined) return (lower + value) / 2;
    passed += counted;
    if (passed > half) return value;
    if (passed === half) lower = value;
  }
  return Number.NaN;
}
