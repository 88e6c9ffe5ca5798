import type { Trace } from '../../../measurements/trace/trace.ts';
import type { LateWriter } from '../../writer.ts';

/** Conversations as a still sequence drawing; what draws is only loaded when it is asked for. */
export const svg: LateWriter<Trace> = async (trace) => (await import('./card.ts')).cardOf(trace);
