import type { Estimate, Head, MetricKey, Verdict } from '../measurements.ts';
import type { Round } from './round.ts';

/** The sweep's shape (`rtbench/sweep@1`): the same comparison at every point of a grid. */
export interface Sweep extends Head {
  readonly schema: 'rtbench/sweep@1';
  /** The varied fields; what is looked for along a field is looked for along the first. */
  readonly vary: readonly Varied[];
  readonly transports: readonly string[];
  /** What the tables show; the first is drawn. */
  readonly metrics: readonly MetricKey[];
  readonly points: readonly SweepPoint[];
  readonly crossovers: readonly Crossover[];
  readonly slopes: readonly Slope[];
}

/** A field of the scenario and the values it took, ascending. */
export interface Varied {
  /** As the scenario in this file calls it. */
  readonly field: string;
  /** As the command line calls it. */
  readonly option: string;
  readonly values: readonly number[];
  /** What the values stand for where the field has words and no numbers: then they count from 0. Null where they are numbers. */
  readonly names: readonly string[] | null;
}

/** What some varied fields were set to, by field. */
export type Values = Readonly<Record<string, number>>;

/** One transport at one point of the grid. */
export interface SweepPoint {
  readonly values: Values;
  readonly transport: string;
  readonly validRounds: number;
  readonly metrics: Readonly<Partial<Record<MetricKey, Estimate>>>;
  /** Rounds of the same number were run next to each other. */
  readonly rounds: readonly Round[];
}

/** Two transports along the first varied field: where each was the lower, and where that changed. */
export interface Crossover {
  /** `overall` is all criteria of an advice together. */
  readonly metric: MetricKey | 'overall';
  readonly field: string;
  /** What the other varied fields were meanwhile. */
  readonly at: Values;
  readonly transport: string;
  readonly against: string;
  /** Their ratio at each value, paired inside blocks; values without one are absent. */
  readonly steps: readonly Step[];
  /** None where the order that could be told never changed. */
  readonly crossings: readonly Crossing[];
}

/** The ratio of two transports at one value of the varied field. */
export interface Step {
  readonly value: number;
  readonly ratio: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly verdict: Verdict;
}

/** Between two values whose orders are opposite, and both told. */
export interface Crossing {
  /** What the transport is below it; above it is the contrary. */
  readonly below: 'lower' | 'higher';
  readonly from: number;
  readonly to: number;
  /** Where the ratio passes 1, interpolated between the values inside. */
  readonly near: number;
}

/** What a straight line is laid through: a metric, or the server's heap with all clients connected. */
export type Quantity = MetricKey | 'heapBytes';

/** How a quantity of one transport changes along the first varied field. */
export interface Slope {
  readonly quantity: Quantity;
  readonly field: string;
  readonly at: Values;
  readonly transport: string;
  /** By least squares over all valid rounds, with Student's 95% interval; per unit of the field. */
  readonly slope: number;
  readonly low: number;
  readonly high: number;
  readonly intercept: number;
  readonly rSquared: number;
  readonly rounds: number;
  /** `flat` where the interval holds 0; `bent` where a straight line does not tell it. */
  readonly shape: 'straight' | 'flat' | 'bent';
}
