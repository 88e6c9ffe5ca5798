import * as z from 'zod';
import type { Sweep } from '../../measurements/sweep.ts';
import { METRIC_KEYS } from '../../measurements.ts';
import { estimates, metricKey, verdict } from './figures.ts';
import { head } from './head.ts';
import { round } from './round/round.ts';
import { amount, figure, text } from './values.ts';

const values = z.record(text, figure).describe('By field, as the scenario calls it');

/** A varied field. */
export const varied = z.looseObject({
  field: text,
  option: text,
  values: z.array(figure),
  names: z.array(text).nullable().default(null),
});

/** One transport at one point of a grid. */
export const sweepPoint = z.looseObject({
  values,
  transport: text,
  validRounds: amount,
  metrics: estimates,
  rounds: z.array(round),
});

const step = z.looseObject({
  value: figure,
  ratio: figure,
  low: figure.nullable(),
  high: figure.nullable(),
  verdict,
});
const crossing = z.looseObject({
  below: z.enum(['lower', 'higher']),
  from: figure,
  to: figure,
  near: figure,
});

/** Two transports along a varied field. */
export const crossover = z.looseObject({
  metric: z.enum([...METRIC_KEYS, 'overall']),
  field: text,
  at: values,
  transport: text,
  against: text,
  steps: z.array(step),
  crossings: z.array(crossing),
});

const slope = z.looseObject({
  quantity: z.enum([...METRIC_KEYS, 'heapBytes']),
  field: text,
  at: values,
  transport: text,
  slope: figure,
  low: figure,
  high: figure,
  intercept: figure,
  rSquared: figure,
  rounds: amount,
  shape: z.enum(['straight', 'flat', 'bent']),
});

/** What a saved sweep must look like; its type is held to the result's by the compiler. */
export const sweepSchema: z.ZodType<Sweep> = z.looseObject({
  schema: z.literal('rtbench/sweep@1'),
  ...head,
  vary: z.array(varied),
  transports: z.array(text),
  metrics: z.array(metricKey),
  points: z.array(sweepPoint),
  crossovers: z.array(crossover),
  slopes: z.array(slope),
});

/** The sweep as a JSON Schema, for other tools. */
export function sweepJsonSchema(): object {
  return { title: 'What rtbench sweep writes with --json and --out', ...z.toJSONSchema(sweepSchema) };
}
