import { z } from 'zod';
import { METRIC_KEYS, type Report } from '../../measurements.ts';
import { round } from './round.ts';
import { scenario } from './scenario.ts';
import { amount, figure, later, text } from './values.ts';

/** The version of the report that this rtbench writes and reads. */
export const SCHEMA_NAME = 'rtbench/report@1';

const estimate = z.looseObject({ median: figure, low: figure.nullable(), high: figure.nullable() });

const summary = z.looseObject({
  transport: text,
  rounds: amount,
  validRounds: amount,
  metrics: z.record(text, estimate).describe(`By metric key: ${METRIC_KEYS.join(', ')}`),
});

const comparison = z.looseObject({
  metric: z.enum(METRIC_KEYS),
  transport: text,
  against: text,
  ratio: figure,
  low: figure.nullable(),
  high: figure.nullable(),
  verdict: z.enum(['higher', 'lower', 'indistinguishable']),
  leastEffect: later,
  mannWhitneyP: later,
});

const cores = z.array(amount);

/** Where it was measured. */
export const machine = z.looseObject({
  cpu: text,
  cores: amount,
  memoryBytes: amount,
  os: text,
  node: text,
  isolation: z.enum(['none', 'netns']),
  isolationMissing: text.nullable().default(null),
  pinning: z.looseObject({ server: cores, clients: cores }).nullable(),
  packages: z.record(text, text),
});

/** What `rtbench calibrate` found, as reports and its own file keep it. */
export const calibrationSchema = z.looseObject({
  at: text,
  rtbench: text,
  passed: amount,
  checks: amount,
  latencySlope: figure.nullable(),
  latencyFloorMs: figure.nullable(),
  stallRatio: figure.nullable(),
  byteError: figure.nullable(),
  cpuError: figure.nullable(),
  falseAlarms: figure.nullable(),
  rounds: figure.nullable(),
  leastLatencyEffect: figure.nullable(),
  leastCpuEffect: figure.nullable(),
});

const precision = z.looseObject({
  metric: z.enum(METRIC_KEYS),
  wanted: amount,
  reached: amount.nullable(),
  maxTimeMs: amount,
});

/** What a report must look like; its type is held to `Report` by the compiler. */
export const reportSchema: z.ZodType<Report> = z.looseObject({
  schema: z.literal(SCHEMA_NAME),
  rtbench: text,
  startedAt: text,
  finishedAt: text,
  interrupted: z.boolean(),
  failure: z.nullable(z.string()),
  command: z.array(text),
  machine,
  calibration: calibrationSchema.nullable().default(null),
  calibrationMissing: text.nullable().default(null),
  scenario,
  precision: precision.nullable().default(null),
  rounds: z.array(round),
  summaries: z.array(summary),
  comparisons: z.array(comparison),
});

/** The same as a JSON Schema, for other tools. */
export function reportJsonSchema(): object {
  return { title: 'What rtbench writes with --json and --out', ...z.toJSONSchema(reportSchema) };
}
