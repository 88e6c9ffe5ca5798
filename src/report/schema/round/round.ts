import * as z from 'zod';
import { FLAG_CODES } from '../../../measurements.ts';
import { amount, figure, later, text } from '../values.ts';
import { cluster, faultResult, series } from './faults.ts';
import { latency } from './latency.ts';

/** Fields may be added within a version, so unknown ones are kept. */
export const flag = z.looseObject({ code: z.enum(FLAG_CODES), message: text, fatal: z.boolean() });

const channel = z.looseObject({ delivered: amount, p50Ms: amount.nullable(), p99Ms: amount.nullable() });

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

const phase = z.looseObject({
  name: text,
  fromMs: amount,
  toMs: amount,
  published: amount,
  expected: amount,
  delivered: amount,
  conflated: amount,
  lost: amount,
  latency,
  arrived: amount,
  serverCpuUs: amount,
  appUp: amount,
  appDown: amount,
  wire: amount.nullable(),
  requests: amount,
});

const churn = z.looseObject({
  joins: amount,
  leaves: amount,
  cuts: amount,
  missed: amount,
  failed: amount,
  connectP50Ms: amount.nullable(),
  connectP99Ms: amount.nullable(),
  connectMaxMs: amount.nullable(),
  peakOpen: amount,
  stormRecoveredMs: amount.nullable(),
  serverCpuPerConnectUs: amount.nullable(),
});

/** One round of a report. */
export const round = z
  .looseObject({
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
      conflated: amount.default(0),
      lost: amount,
      duplicated: amount,
      reordered: amount,
      misdirected: amount.default(0),
      arrivedInWindow: amount,
    }),
    latency,
    crowdLatency: latency,
    staleness: latency.nullable().default(null),
    channels: z.array(channel).nullable().default(null),
    connectionsPerClient: amount.default(1),
    connect: z.looseObject({
      p50Ms: amount,
      p99Ms: amount,
      bytesUp: amount,
      bytesDown: amount,
      serverCpuUs: amount,
      wire: later,
      packets: later,
      totalMs: amount,
      carrying: z.record(z.string(), amount).default({}),
      refused: z.record(z.string(), amount).default({}),
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
      alone: z.looseObject({ windowMs: amount, cpuUs: amount }).nullable().default(null),
      light: z.looseObject({ windowMs: amount, cpuUs: amount, arrived: amount }).nullable(),
      halvesCpuPerMessageUs: z.tuple([amount.nullable(), amount.nullable()]),
    }),
    driver: z.looseObject({
      cpuUs: amount,
      loopDelayP99Ms: amount,
      processes: amount,
      coreShare: later,
      clients: later,
      arrivedInWindow: later,
      heapBytes: later,
      heapIdleBytes: later,
    }),
    host: z.looseObject({
      otherCores: figure.nullable(),
      stealCores: figure.nullable(),
      yardstickBeforeUs: amount,
      yardstickAfterUs: amount,
      yardstickCpuUs: later,
    }),
    churn: churn.nullable().default(null),
    link: z
      .looseObject({ lateP50Ms: amount, lateP99Ms: amount, connections: amount })
      .nullable()
      .default(null),
    history: z
      .looseObject({
        store: z.enum(['sqlite', 'mongodb']),
        mode: z.enum(['write-through', 'write-behind']),
        stored: amount,
        lost: amount,
        error: text.nullable(),
        cpuUsPerMessage: amount.nullable(),
        batches: amount,
        batchMeanMs: amount.nullable(),
        given: amount,
      })
      .nullable()
      .default(null),
    model: prediction.nullable().default(null),
    phases: z.array(phase).default([]),
    faults: z.array(faultResult).default([]),
    series: series.nullable().default(null),
    cluster: cluster.nullable().default(null),
  })
  .meta({ id: 'Round' });
