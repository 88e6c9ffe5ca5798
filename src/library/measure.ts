import { calibratedHere } from '../calibrate/kept.ts';
import type { Report } from '../measurements.ts';
import { runPlan } from '../run/index.ts';
import type { CompareOptions, MeasuringOptions, RunOptions } from './options.ts';
import { planOf } from './plan.ts';

/**
 * Measures one transport, as `rtbench run` does. Bad options reject with an RtbenchError before anything starts; an abort or
 * a failure under way is told by the report (`interrupted`, `failure`), with the rounds that were finished.
 */
export function run(options: RunOptions): Promise<Report> {
  return measure('run', options);
}

/** Measures several transports with the same workload, as `rtbench compare` does; errors as with `run`. */
export function compare(options: CompareOptions = {}): Promise<Report> {
  return measure('compare', options);
}

async function measure(
  command: 'run' | 'compare',
  { onEvent = () => undefined, signal = new AbortController().signal, ...options }: MeasuringOptions,
): Promise<Report> {
  const plan = await planOf(command, options);
  return runPlan(plan, onEvent, signal, calibratedHere(process.env));
}
