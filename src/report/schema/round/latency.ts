import * as z from 'zod';
import { amount, text } from '../values.ts';

/** One distribution of latencies; with a name in the published schemas, which would repeat it at each place. */
export const latency = z
  .looseObject({
    p50Ms: amount.nullable(),
    p90Ms: amount.nullable(),
    p99Ms: amount.nullable(),
    p999Ms: amount.nullable(),
    maxMs: amount.nullable(),
    meanMs: amount.nullable(),
    samples: amount,
    hdr: text,
  })
  .meta({ id: 'Latency' });
