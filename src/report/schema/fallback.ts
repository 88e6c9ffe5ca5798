import * as z from 'zod';
import { type Fallback, OUTCOMES, WAYS } from '../../measurements.ts';
import { head } from './head.ts';
import { amount, text } from './values.ts';

const attempt = {
  outcome: z.enum(OUTCOMES),
  tookMs: amount,
  error: z.looseObject({ code: text, message: text }).nullable(),
};

const oneTry = z.looseObject({
  transport: text,
  way: z.enum(WAYS),
  ...attempt,
  settledMs: amount.nullable(),
  carrying: text.nullable(),
  sent: amount,
  delivered: amount,
  byHttp: amount,
  byWebSocket: amount,
  connections: amount,
  bytesUp: amount,
  bytesDown: amount,
});

const crossed = z.looseObject({
  connection: amount,
  way: z.enum(['up', 'down']),
  atMs: amount,
  what: z.enum(['bytes', 'end', 'reset']),
  text,
});

/** What a result of `rtbench fallback` must look like; its type is held to `Fallback` by the compiler. */
export const fallbackSchema: z.ZodType<Fallback> = z.looseObject({
  schema: z.literal('rtbench/fallback@1'),
  ...head,
  patienceMs: amount,
  tries: z.array(oneTry),
  mismatches: z.array(z.looseObject({ client: text, server: text, ...attempt, crossed: z.array(crossed) })),
});

/** The same as a JSON Schema, for other tools. */
export function fallbackJsonSchema(): object {
  return { title: 'What rtbench fallback writes with --json and --out', ...z.toJSONSchema(fallbackSchema) };
}
