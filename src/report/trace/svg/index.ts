import { RtbenchError } from '../../../errors.ts';
import type { Trace } from '../../../measurements/trace/trace.ts';
import type { LateWriter } from '../../writer.ts';

/** Conversations as a still sequence drawing; what draws is only loaded when it is asked for. */
export const svg: LateWriter<Trace> = async (trace, { chart }) => {
  if (chart !== undefined) {
    throw new RtbenchError(
      'usage',
      `Expected --chart to be left out: a trace has one drawing, got \`${chart}\``,
    );
  }
  return (await import('./card.ts')).cardOf(trace);
};
