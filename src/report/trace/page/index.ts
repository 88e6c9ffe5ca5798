import type { Trace } from '../../../measurements/trace/trace.ts';
import type { LateWriter } from '../../writer.ts';

/** Conversations as one HTML file, whose arrows tell what they carry; what makes it is only loaded when it is asked for. */
export const html: LateWriter<Trace> = async (trace) => (await import('./page.ts')).tracePage(trace);
