import * as z from 'zod';
import { type Advice, CRITERION_NAMES } from '../../measurements/advice.ts';
import { estimate, metricKey, verdict } from './figures.ts';
import { head } from './head.ts';
import { round } from './round/round.ts';
import { crossover, sweepPoint, varied } from './sweep.ts';
import { amount, figure, text } from './values.ts';

const criterion = z.looseObject({ name: z.enum(CRITERION_NAMES), metric: metricKey });

const judged = criterion.extend({
  ...estimate.shape,
  ratio: figure.nullable(),
  isBest: z.boolean(),
});

const ranked = z.looseObject({
  place: amount,
  transport: text,
  overall: z
    .looseObject({ ratio: figure, low: figure.nullable(), high: figure.nullable(), verdict })
    .nullable(),
  criteria: z.array(judged),
  resumes: z.boolean(),
  features: text,
  reasons: z.array(text),
});

/** What a saved advice must look like; its type is held to the result's by the compiler. */
export const adviceSchema: z.ZodType<Advice> = z.looseObject({
  schema: z.literal('rtbench/advice@1'),
  ...head,
  transports: z.array(text),
  adjusted: z.array(text),
  criteria: z.array(criterion),
  ranking: z.array(ranked),
  unranked: z.array(z.looseObject({ transport: text, why: text })),
  answer: z.looseObject({ transports: z.array(text), text }),
  flips: z.looseObject({
    vary: varied.nullable(),
    points: z.array(sweepPoint),
    crossovers: z.array(crossover),
    text: z.array(text),
  }),
  rounds: z.array(round),
});

/** The advice as a JSON Schema, for other tools. */
export function adviceJsonSchema(): object {
  return { title: 'What rtbench advise writes with --json and --out', ...z.toJSONSchema(adviceSchema) };
}
