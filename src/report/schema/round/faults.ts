import * as z from 'zod';
import { FAULT_NAMES } from '../../../measurements.ts';
import { amount, figure, text } from '../values.ts';
import { latency } from './latency.ts';

/** One fault of a scenario. */
export const fault = z.looseObject({
  fault: z.enum(FAULT_NAMES),
  atMs: amount.nullable(),
  forMs: amount.nullable(),
  node: amount,
});

const spread = z.looseObject({
  clients: amount,
  p50Ms: amount.nullable(),
  p99Ms: amount.nullable(),
  maxMs: amount.nullable(),
});

/** What one fault of a round did. */
export const faultResult = z.looseObject({
  fault: z.enum(FAULT_NAMES),
  node: amount,
  beganMs: figure.nullable(),
  endedMs: figure.nullable(),
  clientsNoticed: spread,
  serverNoticed: spread,
  recovered: spread,
  silentClients: amount,
  resumed: amount,
  reconnected: amount,
  failedAttempts: amount,
  expected: amount,
  delivered: amount,
  lost: amount,
  late: amount,
  duplicated: amount,
  firstLostMs: figure.nullable(),
  lastLostMs: figure.nullable(),
  peakCoreShare: amount.nullable(),
  peakOpen: amount.nullable(),
});

const steps = z.array(amount);
const gappedSteps = z.array(amount.nullable());

/** The window step by step. */
export const series = z.looseObject({
  stepMs: amount,
  arrived: steps,
  expected: steps,
  lost: steps,
  localExpected: steps.default([]),
  localLost: steps.default([]),
  latencyMeanMs: gappedSteps,
  latencyMaxMs: gappedSteps,
  connected: steps,
  open: gappedSteps,
  coreShare: gappedSteps,
});

const hop = z.looseObject({ expected: amount, delivered: amount, latency });

/** What several nodes came to. */
export const cluster = z.looseObject({
  local: hop,
  remote: hop,
  // Below 0 in older reports of a Redis that was killed and started anew.
  redisCpuUs: figure.nullable(),
  nodes: z.array(
    z.looseObject({
      node: amount,
      clients: amount,
      cpuUs: amount,
      rssBytes: amount,
      rssIdleBytes: amount,
      openAtEnd: amount,
      unpublished: amount,
      died: z.looseObject({ atMs: figure, why: text }).nullable(),
    }),
  ),
});
