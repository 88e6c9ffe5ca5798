/** Where a search begins and ends, and how fine it is. */
export interface SearchRange {
  readonly start: number;
  readonly least: number;
  readonly most: number;
  /** Whether only whole numbers count. */
  readonly isWhole: boolean;
}

/** Bounds that are no further apart than this are as good as one. */
export const CLOSE_RATIO = 1.05;
const RATE_DIGITS = 3;

/** What came of a value; `easy` where whoever carried it was hardly busy. */
export type Outcome = 'easy' | 'pass' | 'stop';

/** How far the next value is from one that passed, before any did not. */
const STRIDE = { easy: 4, pass: 2 };

/** The highest value that passed and the lowest above it that did not; null where there is none yet. */
export interface Bracket {
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * Yields the values to try and is told what came of each: doubles from the start (or more, where it is easy), or halves
 * where the start itself does not pass, and then halves the gap, until the bounds are close or the range is at its end.
 */
export function* search(range: SearchRange): Generator<number, Bracket, Outcome> {
  let bracket: Bracket = { low: null, high: null };
  let stride = STRIDE.pass;
  for (
    let next: number | undefined = range.start;
    next !== undefined;
    next = nextValue(bracket, stride, range)
  ) {
    const outcome = yield next;
    if (outcome === 'stop') {
      bracket = { ...bracket, high: next };
    } else {
      bracket = { ...bracket, low: next };
      stride = STRIDE[outcome];
    }
  }
  return bracket;
}

/** The value to try next; undefined where nothing is left to find out. */
function nextValue({ low, high }: Bracket, stride: number, range: SearchRange): number | undefined {
  const { start, least, most } = range;
  if (low !== null && high !== null) {
    const middle = tidy(Math.sqrt(low * high), range);
    return high / low > CLOSE_RATIO && middle > low && middle < high ? middle : undefined;
  }
  if (high !== null) return high > least ? Math.max(least, tidy(high / 2, range)) : undefined;
  const highest = low ?? start;
  return highest < most ? Math.min(most, tidy(highest * stride, range)) : undefined;
}

/** A value that people would type. */
function tidy(value: number, { isWhole }: Pick<SearchRange, 'isWhole'>): number {
  return isWhole ? Math.max(1, Math.round(value)) : Number(value.toPrecision(RATE_DIGITS));
}

/** About how many more values a search will try; undefined while it has found only one side. */
export function stepsLeft({ low, high }: Bracket): number | undefined {
  if (low === null || high === null) return undefined;
  return Math.max(0, Math.ceil(Math.log2(Math.log(high / low) / Math.log(CLOSE_RATIO))));
}
