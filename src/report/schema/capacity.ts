import * as z from 'zod';
import { BOUND_FIGURES, type Capacity, FLAG_CODES, LIMITERS, VARY } from '../../measurements.ts';
import { head } from './head.ts';
import { latency } from './round/latency.ts';
import { flag } from './round/round.ts';
import { amount, text } from './values.ts';

const bound = z.looseObject({ figure: z.enum(BOUND_FIGURES), limit: amount, inclusive: z.boolean() });

const step = z.looseObject({
  value: amount,
  clients: amount,
  ratePerSecond: amount,
  verdict: z.enum(['pass', 'fail', 'limit']),
  limiter: z.enum(LIMITERS).nullable(),
  why: text,
  rounds: amount,
  spoilt: amount,
  deliveriesPerSecond: amount.nullable(),
  latency: latency.nullable(),
  lost: amount.nullable(),
  serverCoreShare: amount.nullable(),
  driverCoreShare: amount.nullable(),
  drivers: amount.nullable().default(null),
  serverLoopDelayP99Ms: amount.nullable(),
  flags: z.array(flag),
});

const evidence = z.looseObject({
  deliveriesPerSecond: amount.nullable(),
  latencyP99Ms: amount.nullable(),
  serverCoreShare: amount.nullable(),
  driverCoreShare: amount.nullable(),
  flags: z.array(z.enum(FLAG_CODES)),
});

const answer = z.looseObject({
  kind: z.enum(['capacity', 'at-least', 'none']),
  value: amount.nullable(),
  failsAt: amount.nullable(),
  limiter: z.enum(LIMITERS),
  why: text,
  deliveriesPerSecond: amount.nullable(),
  serverCoreShare: amount.nullable(),
  deliveriesPerCoreSecond: amount.nullable(),
  driverCoreShare: amount.nullable().default(null),
  atLimit: evidence.nullable().default(null),
});

const endpoint = z.looseObject({
  connections: amount,
  pollIntervalMs: amount,
  loads: z.array(
    z.looseObject({
      messagesPerAnswer: amount,
      bytesPerAnswer: amount,
      answersPerSecond: amount,
      clients: amount,
      kind: z.enum(['capacity', 'at-least']),
      limiter: z.enum(['server-cpu', 'driver', 'noise']),
      serverCoreShare: amount,
      cannonCoreShare: amount,
      latency,
    }),
  ),
});

/** What a result of `rtbench capacity` must look like; its type is held to `Capacity` by the compiler. */
export const capacitySchema: z.ZodType<Capacity> = z.looseObject({
  schema: z.literal('rtbench/capacity@1'),
  ...head,
  slo: z.array(bound),
  vary: z.enum(VARY),
  transports: z.array(
    z.looseObject({
      transport: text,
      steps: z.array(step),
      doubled: step.nullable().default(null),
      answer,
      endpoint: endpoint.nullable(),
    }),
  ),
});

/** The same as a JSON Schema, for other tools. */
export function capacityJsonSchema(): object {
  return { title: 'What rtbench capacity writes with --json and --out', ...z.toJSONSchema(capacitySchema) };
}
