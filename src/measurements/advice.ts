import type { Comparison, Estimate, Head, MetricKey } from '../measurements.ts';
import type { Round } from './round.ts';
import type { Crossover, SweepPoint, Varied } from './sweep.ts';

/** The advice's shape (`rtbench/advice@1`): which transport fits a workload, why, and when that would change. */
export interface Advice extends Head {
  readonly schema: 'rtbench/advice@1';
  readonly transports: readonly string[];
  /** Where the measured workload is not the scenario's own, so that an answer comes soon. */
  readonly adjusted: readonly string[];
  /** What the ranking weighs, each the same. */
  readonly criteria: readonly Criterion[];
  /** Best first; empty where nothing could be ranked. */
  readonly ranking: readonly Ranked[];
  readonly unranked: readonly { readonly transport: string; readonly why: string }[];
  readonly answer: Answer;
  readonly flips: Flips;
  readonly rounds: readonly Round[];
}

/** One thing that counts, and the metric that tells it. */
export interface Criterion {
  readonly name: CriterionName;
  readonly metric: MetricKey;
}

export const CRITERION_NAMES = ['latency', 'server CPU', 'bytes', 'memory'] as const;
export type CriterionName = (typeof CRITERION_NAMES)[number];

/** A transport in its place. */
export interface Ranked {
  /** 1 is best; those that cannot be told apart share a place. */
  readonly place: number;
  readonly transport: string;
  /** All criteria together, as the geometric mean of their ratios to the first transport of the ranking; null for that one. */
  readonly overall: Pick<Comparison, 'ratio' | 'low' | 'high' | 'verdict'> | null;
  readonly criteria: readonly Judged[];
  /** Whether a client that lost its connection gets what it missed. */
  readonly resumes: boolean;
  readonly features: string;
  /** In words, most telling first. */
  readonly reasons: readonly string[];
}

/** A transport by one criterion. */
export interface Judged extends Criterion, Estimate {
  /** To the best of the criterion; null for that one. */
  readonly ratio: number | null;
  /** Not told apart from the best of the criterion. */
  readonly isBest: boolean;
}

/** What to take; nobody where there is nothing to say it from. */
export interface Answer {
  readonly transports: readonly string[];
  readonly text: string;
}

/** When the answer would be another. */
export interface Flips {
  readonly vary: Varied | null;
  /** Few and short rounds of those that could be first elsewhere. */
  readonly points: readonly SweepPoint[];
  /** Of all criteria together and of each. */
  readonly crossovers: readonly Crossover[];
  readonly text: readonly string[];
}
