import type { Direction, TraceStep } from '../../measurements/trace/steps.ts';
import type { Conversation, Passing, TraceEvent } from '../../measurements/trace/trace.ts';
import { duration } from '../numbers.ts';

/** Something that happens in a conversation, as a picture needs it. */
export interface Scene {
  readonly event: TraceEvent;
  /** When it is at the client: something sent by it, or there. */
  readonly atMs: number;
  /** For how long nothing was on its way before it. */
  readonly gapMs: number;
  /** What crossed last before that, and what crossed first after it; whatever is told between. */
  readonly between: readonly [TraceEvent | undefined, TraceEvent | undefined];
  /** The first of its kind: to be told in full. */
  readonly isFirst: boolean;
}

/** An arrow of a sequence drawing. */
export type Step = Extract<TraceEvent, { kind: 'step' }>;

/** What is said of what vanished before it arrived. */
export const LOST = 'lost on the way';

/** Less than this is no wait that is worth a word. */
export const LEAST_MS = 10;

/** What happens, one after the other. */
export function scenesOf({ events }: Conversation): Scene[] {
  const seen = new Set<string>();
  let doneMs = 0;
  return events.map((event, index) => {
    const [fromMs, toMs] = event.kind === 'told' ? [event.atMs, event.atMs] : [event.sentMs, event.arrivedMs];
    const gapMs = Math.max(0, fromMs - doneMs);
    doneMs = Math.max(doneMs, toMs);
    const kind = event.kind === 'step' ? kindOf(event) : '';
    const isFirst = !seen.has(kind);
    seen.add(kind);
    const between = [events.slice(0, index).findLast(crosses), events.slice(index).find(crosses)] as const;
    return { event, atMs: event.kind === 'told' ? event.atMs : atClientMs(event), gapMs, between, isFirst };
  });
}

/** The arrows alone. */
export function stepsOf({ events }: Conversation): Step[] {
  return events.filter((event) => event.kind === 'step');
}

/** All bytes of a step. */
export function bytesOf({ parts }: TraceStep): number {
  return parts.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Whether there is a distance between client and server. */
export function isFar({ sentMs, arrivedMs }: Passing): boolean {
  return arrivedMs > sentMs;
}

/** Whether a step is an HTTP request, which somebody answers. */
export function asks({ way, title }: TraceStep): boolean {
  return way === 'up' && /^(GET|POST|DELETE)\b/.test(title);
}

/** What the time before a scene was spent on. */
export function waitOf({ gapMs, between: [before, after] }: Scene): string {
  if (before?.kind === 'opened' && isFar(before)) return `${duration(gapMs)} until the server has agreed`;
  const isAnswer = after?.kind === 'step' && after.way === 'down' && before?.kind === 'step' && asks(before);
  return `${duration(gapMs)} of ${isAnswer ? 'waiting for the answer' : 'waiting'}`;
}

function crosses({ kind }: TraceEvent): boolean {
  return kind !== 'told';
}

function atClientMs({ way, sentMs, arrivedMs }: Passing & { readonly way: Direction }): number {
  return way === 'up' ? sentMs : arrivedMs;
}

/** Steps of one kind differ in what they carry, not in what they are. */
function kindOf({ way, title, parts }: TraceStep): string {
  const what = /^\w+( \d{3}\b)?/.exec(title)?.[0] ?? '';
  return [way, what, ...new Set(parts.map((part) => `${part.class} ${part.label}`))].join('\n');
}
