import { CONFIDENCE } from './interval.ts';
import { studentQuantile } from './student.ts';

/** A point that a line is laid through. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The straight line that least squares lay through points. */
export interface Line {
  readonly slope: number;
  /** Where the slope may lie, with 95% certainty. */
  readonly low: number;
  readonly high: number;
  readonly intercept: number;
  /** The share of the points' scatter that the line explains; 1 where all lie on it. */
  readonly rSquared: number;
}

/** A line through two points always fits. */
const FEWEST_POINTS = 3;

/** Ordinary least squares with Student's interval; undefined with fewer than three points, or all above one another. */
export function fitLine(points: readonly Point[]): Line | undefined {
  const many = points.length;
  const mean = (of: (point: Point) => number) => points.reduce((sum, point) => sum + of(point), 0) / many;
  const [middleX, middleY] = [mean(({ x }) => x), mean(({ y }) => y)];
  const spreadX = mean(({ x }) => (x - middleX) ** 2);
  const spreadY = mean(({ y }) => (y - middleY) ** 2);
  if (many < FEWEST_POINTS || spreadX === 0) return undefined;
  const slope = mean(({ x, y }) => (x - middleX) * (y - middleY)) / spreadX;
  const intercept = middleY - slope * middleX;
  const left = mean(({ x, y }) => (y - intercept - slope * x) ** 2);
  const freedom = many - 2;
  const error = Math.sqrt(left / freedom / spreadX);
  const reach = error * studentQuantile(1 - (1 - CONFIDENCE) / 2, freedom);
  const rSquared = spreadY === 0 ? 1 : Math.max(0, 1 - left / spreadY);
  return { slope, low: slope - reach, high: slope + reach, intercept, rSquared };
}
