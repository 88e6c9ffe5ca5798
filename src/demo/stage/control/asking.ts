import * as z from 'zod';
import { type Asking, BOUNDS, type DemoSettings } from '../../../demo-talk.ts';

/** What only those may ask who may control. */
export type Control = Exclude<Asking, { readonly type: 'hello' | 'clock' }>;

const setting = (name: keyof DemoSettings) => z.number().min(BOUNDS[name].least).max(BOUNDS[name].most);

const asking = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('hello'), token: z.string().nullable() }),
  z.strictObject({ type: z.literal('clock'), sentMs: z.number() }),
  z.strictObject({
    type: z.literal('set'),
    settings: z.strictObject({
      eventsPerSecond: setting('eventsPerSecond').exactOptional(),
      payloadBytes: setting('payloadBytes').int().exactOptional(),
      pollIntervalMs: setting('pollIntervalMs').exactOptional(),
      rttMs: setting('rttMs').exactOptional(),
    }),
  }),
  z.strictObject({ type: z.literal('cut'), on: z.boolean() }),
  z.strictObject({ type: z.literal('block-websocket'), on: z.boolean() }),
  z.strictObject({ type: z.literal('restart-server') }),
  z.strictObject({ type: z.literal('cluster'), on: z.boolean(), hasAdapter: z.boolean() }),
  z.strictObject({ type: z.literal('redis'), killed: z.boolean() }),
]);

/** What a page asks for, or in words what is wrong with it. */
export function readAsking(text: string): Asking | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'That is no JSON.';
  }
  const read = asking.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  return `Not understood: ${[issue?.path.join('.'), issue?.message].filter((part) => part).join(': ')}`;
}
