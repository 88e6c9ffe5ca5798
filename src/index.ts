/** The library's face: what `import 'rtbench'` gives. */

export { RtbenchError } from './errors.ts';
export { compare, run } from './library/measure.ts';
export type { CompareOptions, RunOptions } from './library/options.ts';
export { read, type WriteOptions, write } from './library/saved.ts';
export type * from './measurements/advice.ts';
export type * from './measurements/sweep.ts';
export type * from './measurements/trace/trace.ts';
export type * from './measurements.ts';
export type { FormatName, Result } from './report/writer.ts';
export type { RunEvent } from './run/events.ts';
