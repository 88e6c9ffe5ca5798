/** The library's face: what `import 'rtbench'` gives. */

export { RtbenchError } from './errors.ts';
export type * from './measurements/advice.ts';
export type * from './measurements/sweep.ts';
export type * from './measurements.ts';
export type { Plan } from './plan/plan.ts';
export type { RunEvent } from './run/events.ts';
export { runPlan } from './run/index.ts';
