import type { ChalkInstance } from 'chalk';
import type { Advice } from '../measurements/advice.ts';
import type { Sweep } from '../measurements/sweep.ts';
import type { Trace } from '../measurements/trace/trace.ts';
import type { Capacity, Fallback, MetricKey, Report } from '../measurements.ts';

/** What a command saves, told apart by its `schema`. */
export type Result = Report | Sweep | Capacity | Fallback | Advice | Trace;

/** What every result can be written as. */
export type CommonFormat = 'table' | 'json' | 'ndjson' | 'csv' | 'markdown';

/** What only some can. */
export type FurtherFormat =
  | 'html'
  | 'svg'
  | 'mermaid'
  | 'junit'
  | 'prometheus'
  | 'bencher'
  | 'benchmark-smaller'
  | 'benchmark-bigger';

/** What is a text. */
export type TextFormat = CommonFormat | FurtherFormat;

/** The name of a format, as `--format` takes it; a capture is no text. */
export type FormatName = TextFormat | 'pcapng';

/** What a writer may know of where its text goes. */
export interface Look {
  readonly columns: number;
  readonly chalk: ChalkInstance;
  /** What server CPU is told in; microseconds if absent. */
  readonly cpu?: CpuUnit;
  /** Which picture, where only one is drawn; the format's first if absent. */
  readonly chart?: string;
  /** Of a trace every part of every step, not only of the first of its kind. */
  readonly isFull?: boolean;
}

/** A unit of server CPU per message, and the metric that is in it. */
export interface CpuUnit {
  readonly metric: MetricKey;
  readonly unit: string;
}

/** The units by the name that `--cpu-unit` takes: of this machine's time, or of work that was timed beside it. */
export const cpuUnits = {
  us: { metric: 'serverCpuPerMessageUs', unit: 'µs' },
  yardstick: { metric: 'serverCpuPerMessageYardsticks', unit: 'µY' },
} as const satisfies Readonly<Record<string, CpuUnit>>;

/** Makes a text, ending in a line break, out of a report (or what was made of reports) and nothing else. */
export type Writer<Subject = Report> = (subject: Subject, look: Look) => string;

/** The same of what is loaded only when it is asked for. */
export type LateWriter<Subject = Report> = (subject: Subject, look: Look) => Promise<string>;

/** Makes bytes, which a terminal cannot show. */
export type BytesWriter<Subject> = (subject: Subject, look: Look) => Promise<Uint8Array>;
