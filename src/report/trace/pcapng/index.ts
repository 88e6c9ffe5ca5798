import type { Trace } from '../../../measurements/trace/trace.ts';
import type { BytesWriter } from '../../writer.ts';

/** A capture that Wireshark opens; what makes it is only loaded when it is asked for. */
export const pcapng: BytesWriter<Trace> = async (trace) => (await import('./capture.ts')).captureOf(trace);
