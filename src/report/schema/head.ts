import * as z from 'zod';
import { scenario } from './scenario.ts';
import { amount, figure, text } from './values.ts';

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

/** What every result tells of itself. */
export const head = {
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
};
