import * as z from 'zod';
import { BYTE_CLASSES } from '../../measurements/trace/steps.ts';
import type { Trace } from '../../measurements/trace/trace.ts';
import { head } from '../schema/head.ts';
import { amount, figure, text } from '../schema/values.ts';

const direction = z.enum(['up', 'down']);
const ways = z.looseObject({ up: amount, down: amount });

const passing = {
  connection: amount,
  way: direction,
  sentMs: figure,
  arrivedMs: figure,
  isLost: z.literal(true).exactOptional(),
};

const part = z.looseObject({
  class: z.enum(BYTE_CLASSES),
  label: text,
  bytes: amount,
  text,
  notes: z.array(z.looseObject({ name: text, value: text, why: text })),
});

const event = z.discriminatedUnion('kind', [
  z.looseObject({ kind: z.literal('step'), ...passing, title: text, why: text, parts: z.array(part) }),
  z.looseObject({ kind: z.enum(['opened', 'ended', 'reset']), ...passing }),
  z.looseObject({ kind: z.literal('told'), atMs: figure, text, isFault: z.literal(true).exactOptional() }),
]);

const conversation = z.looseObject({
  transport: text,
  connections: amount,
  events: z.array(event),
  pieces: z.array(z.looseObject({ ...passing, base64: text })).exactOptional(),
  classes: z.looseObject({ handshake: ways, header: ways, framing: ways, payload: ways, heartbeat: ways }),
  relayed: ways,
  news: z.looseObject({ messages: amount, bytes: amount }),
});

/** What a result of `rtbench trace` must look like; its type is held to `Trace` by the compiler. */
export const traceSchema: z.ZodType<Trace> = z.looseObject({
  schema: z.literal('rtbench/trace@1'),
  ...head,
  conversations: z.array(conversation),
});

/** The same as a JSON Schema, for other tools. */
export function traceJsonSchema(): object {
  return { title: 'What rtbench trace writes with --json and --out', ...z.toJSONSchema(traceSchema) };
}
