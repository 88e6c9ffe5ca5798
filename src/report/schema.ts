import { z } from 'zod';
import { FLAG_CODES, METRIC_KEYS, type Report } from '../measurements.ts';

/** The version of the report that this rtbench writes and reads. */
export const SCHEMA_NAME = 'rtbench/report@1';

const amount = z.number().nonnegative();
const figure = z.number();
const text = z.string();

/** Fields may be added within a version, so unknown ones are kept. */
const flag = z.looseObject({ code: z.enum(FLAG_CODES), message: text, fatal: z.boolean() });

const latency = z.looseObject({
  p50Ms: amount.nullable(),
  p90Ms: amount.nullable(),
  p99Ms: amount.nullable(),
  p999Ms: amount.nullable(),
  maxMs: amount.nullable(),
  meanMs: amount.nullable(),
  samples: amount,
  hdr: text,
});

const prediction = z.looseObject({
  requestsPerMessage: amount.nullable(),
  emptyShare: amount.nullable(),
  appUpPerMessage: amount.nullable(),
  appDownPerMessage: amount.nullable(),
  packetsPerMessage: amount.nullable(),
  bytesExact: z.boolean(),
  latencyMeanMs: amount.nullable(),
  latencyP50Ms: amount.nullable(),
  latencyP99Ms: amount.nullable(),
});

/** Of a kind that an earlier report of this version did not have. */
const later = amount.nullable().default(null);

const round = z.looseObject({
  transport: text,
  round: amount,
  clients: amount,
  windowMs: amount,
  valid: z.boolean(),
  flags: z.array(flag),
  delivery: z.looseObject({
    published: amount,
    expected: amount,
    delivered: amount,
    lost: amount,
    duplicated: amount,
    reordered: amount,
    arrivedInWindow: amount,
  }),
  latency,
  crowdLatency: latency,
  connect: z.looseObject({
    p50Ms: amount,
    p99Ms: amount,
    bytesUp: amount,
    bytesDown: amount,
    serverCpuUs: amount,
    wire: later,
    packets: later,
    totalMs: amount,
  }),
  bytes: z.looseObject({
    payload: amount,
    appUp: amount,
    appDown: amount,
    wire: later,
    wireUp: amount.nullable(),
    wireDown: amount.nullable(),
    packets: amount.nullable(),
  }),
  requests: amount,
  emptyResponses: amount,
  server: z.looseObject({
    cpuUserUs: amount,
    cpuSystemUs: amount,
    rssBytes: amount,
    rssIdleBytes: amount,
    heapBytes: amount,
    heapIdleBytes: amount,
    loopDelayP99Ms: amount,
    slipP50Ms: later,
    slipP99Ms: amount,
    light: z.looseObject({ windowMs: amount, cpuUs: amount, arrived: amount }).nullable(),
    halvesCpuPerMessageUs: z.tuple([amount.nullable(), amount.nullable()]),
  }),
  driver: z.looseObject({ cpuUs: amount, loopDelayP99Ms: amount, processes: amount }),
  host: z.looseObject({
    otherCores: figure.nullable(),
    stealCores: figure.nullable(),
    yardstickBeforeUs: amount,
    yardstickAfterUs: amount,
    yardstickCpuUs: later,
  }),
  link: z.looseObject({ lateP50Ms: amount, lateP99Ms: amount, connections: amount }).nullable().default(null),
  model: prediction.nullable().default(null),
});

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

const machine = z.looseObject({
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

const scenario = z.looseObject({
  name: text,
  summary: text,
  application: z.literal('broadcast'),
  clients: amount,
  witnesses: amount,
  ratePerSecond: amount,
  arrivals: z.enum(['periodic', 'poisson']),
  payloadBytes: amount,
  payloadKind: z.enum(['text', 'binary']),
  durationMs: amount,
  warmupMs: amount,
  rounds: amount,
  seed: figure,
  tls: z.boolean(),
  rttMs: amount.default(0),
  jitterMs: amount.default(0),
  bandwidthBitsPerSecond: amount.default(0),
  pollIntervalMs: amount,
  holdMs: amount,
  longpollBatch: z.boolean(),
  heartbeatMs: amount,
  socketioAgent: z.enum(['keep-alive', 'default']),
  headers: z.enum(['minimal', 'browser']),
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
