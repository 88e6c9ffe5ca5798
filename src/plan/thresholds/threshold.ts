import { METRIC_KEYS, type MetricKey } from '../../measurements.ts';

/** Every transport that is measured, one after the other. */
export const EVERY = '*';

/** Those of two characters first: `>` begins `>=`. */
export const OPERATORS = ['>=', '<=', '==', '!=', '>', '<'] as const;
export type Operator = (typeof OPERATORS)[number];

/** What is counted by identity and summed over all rounds. */
export const COUNTS = [
  'expected',
  'delivered',
  'conflated',
  'lost',
  'duplicated',
  'reordered',
  'misdirected',
] as const;
export type CountName = (typeof COUNTS)[number];

/** What a threshold can be about. */
export const FIGURES = [...METRIC_KEYS, ...COUNTS, 'invalidRounds'] as const;
export type FigureName = MetricKey | CountName | 'invalidRounds';

/** Of these, what each phase has for itself. */
export const PHASE_FIGURES = [
  'latencyP50Ms',
  'latencyP90Ms',
  'latencyP99Ms',
  'latencyMaxMs',
  'latencyMeanMs',
  'appBytesPerMessage',
  'wireBytesPerMessage',
  'requestsPerMessage',
  'serverCpuPerMessageUs',
  'serverCpuPercent',
  'expected',
  'delivered',
  'conflated',
  'lost',
] as const satisfies readonly FigureName[];
export type PhaseFigureName = (typeof PHASE_FIGURES)[number];

/** One figure of one transport, or of each. */
export interface Term {
  /** Where it begins in the expression. */
  readonly at: number;
  /** Canonical, or `*`. */
  readonly transport: string;
  /** Null where it is about the whole window. */
  readonly phase: string | null;
  readonly figure: FigureName;
}

/** An expression that must not be true. */
export interface Threshold {
  /** As it was written, and where: `--fail-if`, or a scenario's field with file and line. */
  readonly text: string;
  readonly place: string;
  readonly value: Term;
  /** What it is divided by; null where it stands alone. */
  readonly over: Term | null;
  readonly operator: Operator;
  readonly limit: number;
}

/** The expression in its one form: `websocket.latencyP99Ms > 20`. */
export function formatted(threshold: Threshold): string {
  return `${subjectOf(threshold)} ${threshold.limit}`;
}

/** One level's thresholds over those of the level below: who asks the same with another limit takes the other's place. */
export function overlaid(below: readonly Threshold[], upper: readonly Threshold[]): readonly Threshold[] {
  const asked = upper.map(subjectOf);
  return [...below.filter((threshold) => !asked.includes(subjectOf(threshold))), ...upper];
}

/** The threshold for each transport that its `*` stands for; a transport is not divided by itself. */
export function instancesOf(threshold: Threshold, transports: readonly string[]): Threshold[] {
  const { value, over } = threshold;
  const wild = [value, over].filter((term) => term?.transport === EVERY).length;
  if (wild === 0) return [threshold];
  const bound = transports.map((transport) => {
    const bind = (term: Term) => (term.transport === EVERY ? { ...term, transport } : term);
    return { ...threshold, value: bind(value), over: over === null ? null : bind(over) };
  });
  const isItself = (one: Threshold) => one.over !== null && named(one.over) === named(one.value);
  return wild === 1 ? bound.filter((one) => !isItself(one)) : bound;
}

/** A figure as expressions name it. */
export function named({ transport, phase, figure }: Term): string {
  return [transport, ...(phase === null ? [] : [phase]), figure].join('.');
}

function subjectOf({ value, over, operator }: Threshold): string {
  return `${named(value)}${over === null ? '' : ` / ${named(over)}`} ${operator}`;
}
