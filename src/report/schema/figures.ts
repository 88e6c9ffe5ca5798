import * as z from 'zod';
import { METRIC_KEYS } from '../../measurements.ts';
import { figure, text } from './values.ts';

/** A median and where it may lie. */
export const estimate = z
  .looseObject({ median: figure, low: figure.nullable(), high: figure.nullable() })
  .meta({ id: 'Estimate' });

/** What rounds come to. */
export const estimates = z.record(text, estimate).describe(`By metric key: ${METRIC_KEYS.join(', ')}`);

export const metricKey = z.enum(METRIC_KEYS).meta({ id: 'MetricKey' });

export const verdict = z.enum(['higher', 'lower', 'indistinguishable']);
