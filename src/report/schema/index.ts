import * as z from 'zod';
import type { Report } from '../../measurements.ts';
import { estimates, metricKey, verdict } from './figures.ts';
import { head } from './head.ts';
import { round } from './round/round.ts';
import { amount, figure, later, text } from './values.ts';

/** The version of the report that this rtbench writes and reads. */
export const SCHEMA_NAME = 'rtbench/report@1';

const summary = z.looseObject({ transport: text, rounds: amount, validRounds: amount, metrics: estimates });

const comparison = z.looseObject({
  metric: metricKey,
  transport: text,
  against: text,
  ratio: figure,
  low: figure.nullable(),
  high: figure.nullable(),
  verdict,
  leastEffect: later,
  mannWhitneyP: later,
});

const precision = z.looseObject({
  metric: metricKey,
  wanted: amount,
  reached: amount.nullable(),
  maxTimeMs: amount,
});

const gate = z.looseObject({
  kind: z.enum(['threshold', 'baseline']),
  rule: text,
  place: text,
  transport: text.nullable(),
  passed: z.boolean(),
  value: figure.nullable(),
  limit: figure.nullable(),
  found: text,
});

/** What a report must look like; its type is held to `Report` by the compiler. */
export const reportSchema: z.ZodType<Report> = z.looseObject({
  schema: z.literal(SCHEMA_NAME),
  ...head,
  precision: precision.nullable().default(null),
  rounds: z.array(round),
  summaries: z.array(summary),
  comparisons: z.array(comparison),
  gates: z.array(gate).default([]),
  baseline: z
    .looseObject({ file: text, startedAt: text, notes: z.array(text) })
    .nullable()
    .default(null),
});

/** The same as a JSON Schema, for other tools. */
export function reportJsonSchema(): object {
  return { title: 'What rtbench writes with --json and --out', ...z.toJSONSchema(reportSchema) };
}
