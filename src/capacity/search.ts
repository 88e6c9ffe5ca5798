/** Where a search begins and ends, and how fine it is. */
export interface SearchRange {
  readonly start: number;
  readonly least: number;
  readonly most: number;
  /** Whether only whole numbers count. */
  readonly isWhole: boolean;
}

/** Bounds that are no further apart than this are as good as one. */
export const CLOSE_RATIO = 1.1;
const RATE_DIGITS = 3;

/** What came of a value, and where the edge is to be expected after it; null where nothing tells. */
export interface Outcome {
  readonly passed: boolean;
  readonly edge: number | null;
}

/** How far the next value is from the last one, while only one side of the edge is known. */
const STRIDE = { least: CLOSE_RATIO, usual: 2, most: 4 };
/** How near to its ends a gap is cut: so it shrinks with each value, wherever the edge was expected. */
const CUT = { least: 0.25, usual: 0.5, most: 0.75 };

/** The highest value that passed and the lowest above it that did not; null where there is none yet. */
export interface Bracket {
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * Yields the values to try and is told what came of each: strides from the start towards where the edge is expected
 * until it has both sides, and then cuts the gap until the bounds are close or the range is at its end.
 */
export function* search(range: SearchRange): Generator<number, Bracket, Outcome> {
  let bracket: Bracket = { low: null, high: null };
  let expected: number | null = null;
  for (
    let next: number | undefined = range.start;
    next !== undefined;
    next = nextValue(bracket, expected, range)
  ) {
    const { passed, edge } = yield next;
    bracket = passed ? { ...bracket, low: next } : { ...bracket, high: next };
    expected = edge;
  }
  return bracket;
}

/** The value to try next; undefined where nothing is left to find out. */
function nextValue({ low, high }: Bracket, edge: number | null, range: SearchRange): number | undefined {
  const { start, least, most } = range;
  if (low !== null && high !== null) {
    const place = edge === null ? CUT.usual : Math.log(edge / low) / Math.log(high / low);
    const cut = tidy(low * (high / low) ** within(place, CUT), range);
    return high / low > CLOSE_RATIO && cut > low && cut < high ? cut : undefined;
  }
  if (high !== null) {
    const stride = within(edge === null ? STRIDE.usual : high / edge, STRIDE);
    return high > least
      ? Math.max(least, Math.min(tidy(high / stride, range), below(high, range)))
      : undefined;
  }
  const highest = low ?? start;
  const stride = within(edge === null ? STRIDE.usual : edge / highest, STRIDE);
  const next = Math.max(tidy(highest * stride, range), range.isWhole ? highest + 1 : highest);
  return highest < most ? Math.min(most, next) : undefined;
}

function below(value: number, { isWhole }: SearchRange): number {
  return isWhole ? value - 1 : value;
}

function within(value: number, { least, most }: { readonly least: number; readonly most: number }): number {
  return Math.min(most, Math.max(least, value));
}

/** A value that people would type. */
function tidy(value: number, { isWhole }: Pick<SearchRange, 'isWhole'>): number {
  return isWhole ? Math.max(1, Math.round(value)) : Number(value.toPrecision(RATE_DIGITS));
}

/** How many more values a search will try at most; undefined while it has found only one side. */
export function stepsLeft({ low, high }: Bracket): number | undefined {
  if (low === null || high === null) return undefined;
  const gaps = Math.log(high / low) / Math.log(CLOSE_RATIO);
  return Math.max(0, Math.ceil(Math.log(gaps) / -Math.log(CUT.most)));
}
