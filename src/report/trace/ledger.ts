import { BYTE_CLASSES, type Direction, type Part } from '../../measurements/trace/steps.ts';
import type { Conversation, Ways } from '../../measurements/trace/trace.ts';
import { count, plain } from '../numbers.ts';
import { clean, counted } from '../words/text.ts';
import { type Step, stepsOf } from './story.ts';

/** Bytes of both ways. */
export function sumOf({ up, down }: Ways): number {
  return up + down;
}

/** All that was taken apart, by the way it went. */
export function totalOf({ classes }: Conversation): Ways {
  const total = (way: Direction) => BYTE_CLASSES.reduce((sum, name) => sum + classes[name][way], 0);
  return { up: total('up'), down: total('down') };
}

/** What the news cost, in a sentence. */
export function overheadOf(conversation: Conversation): string {
  const { news, classes } = conversation;
  const total = sumOf(totalOf(conversation));
  const said = `${counted(news.bytes, 'byte')} of news in ${counted(news.messages, 'message')} of the application`;
  const cost = `${said} cost ${counted(total, 'byte')}`;
  if (news.messages === 0 || news.bytes === 0) return `${cost}.`;
  const shared = sumOf(classes.handshake);
  const each = (bytes: number) => counted(Math.round(bytes / news.messages), 'byte');
  const without =
    shared === 0 ? '' : `, ${each(total - shared)} without the ${count(shared)} of the handshake`;
  return `${cost} (${plain(total / news.bytes)} ×): ${each(total)} a message${without}.`;
}

/** Whether the relay, which takes nothing apart, counted the same. */
export function relayOf(conversation: Conversation): string {
  const { relayed } = conversation;
  if (isWhole(conversation)) return 'The relay counted the same.';
  return `The relay counted ${count(relayed.up)} up and ${count(relayed.down)} down, which is NOT the same.`;
}

/** Whether every byte that the relay counted was taken apart. */
export function isWhole(conversation: Conversation): boolean {
  const total = totalOf(conversation);
  return total.up === conversation.relayed.up && total.down === conversation.relayed.down;
}

/** Ways of carrying a message differ in few things: more of them than this tell nothing. */
const MOST_SUMS = 4;

/** What a message's bytes are, for each way that they came: `down: 64 payload + 2 frame header = 66 B`; where most is told first. */
export function sumsOf(conversation: Conversation, isFull = false): string[] {
  const steps = stepsOf(conversation).filter(({ isLost }) => !isLost);
  const sums = carriersOf(steps).map((carrier) => {
    const asked = carrier.flatMap((step) => askedBy(step, steps.slice(0, steps.indexOf(step))) ?? []);
    const parts = carrier.flatMap((step) => step.parts);
    const requests = sumOfBytes(asked.flatMap((step) => step.parts));
    const addends = [...(requests === 0 ? [] : [`${count(requests)} request`]), ...addendsOf(parts)];
    const sum = `${carrier[0]?.way}: ${addends.join(' + ')} = ${count(requests + sumOfBytes(parts))} B`;
    return { sum, payload: sumOfBytes(parts.filter(isPayload)) };
  });
  const alike = [...Map.groupBy(sums, ({ sum }) => sum)]
    .map(([sum, all]) => ({ line: `${all.length} × ${sum}`, told: all.length * (all[0]?.payload ?? 0) }))
    .toSorted((one, other) => other.told - one.told)
    .map(({ line }) => line);
  const more = alike.length - MOST_SUMS;
  return more > 0 && !isFull ? [...alike.slice(0, MOST_SUMS), `and ${counted(more, 'other sum')}`] : alike;
}

/** A step's bytes part by part: `2 frame header`, `64 payload`. */
export function addendsOf(parts: readonly Part[]): string[] {
  const named = Map.groupBy(parts, (part) => (isPayload(part) ? 'payload' : clean(part.label)));
  return [...named].map(([label, some]) => `${count(sumOfBytes(some))} ${label}`);
}

/** The steps that carry a message each: an event whose bytes follow is nothing without its attachments. */
function carriersOf(steps: readonly Step[]): Step[][] {
  const begun = new Map<string, { readonly carrier: Step[]; readonly missing: number }>();
  return steps.flatMap((step) => {
    const marks = step.parts.filter((part) => isPayload(part) || isPlaceholder(part));
    const [first] = marks;
    if (first === undefined) return [];
    // What answers a poll may come by any connection.
    const key = step.parts.some((part) => part.class === 'header')
      ? step.way
      : `${step.way} ${step.connection}`;
    const last = isPlaceholder(first) ? undefined : begun.get(key);
    const carrier = [...(last?.carrier ?? []), step];
    const missing = marks.reduce(
      (many, mark) => (isPlaceholder(mark) ? many + 1 : Math.max(0, many - 1)),
      last?.missing ?? 0,
    );
    if (missing > 0) begun.set(key, { carrier, missing });
    else begun.delete(key);
    return missing > 0 ? [] : [carrier];
  });
}

/** The request that an answer with a message answers; none where the message came without being asked for. */
function askedBy(step: Step, before: readonly Step[]): Step | undefined {
  if (step.way === 'up' || !step.parts.some((part) => part.class === 'header')) return undefined;
  const last = before.findLast(({ way, connection }) => way === 'up' && connection === step.connection);
  return last?.parts.some(isPayload) ? undefined : last;
}

function isPlaceholder({ label }: Part): boolean {
  return label === 'placeholder';
}

function sumOfBytes(parts: readonly Part[]): number {
  return parts.reduce((sum, { bytes }) => sum + bytes, 0);
}

function isPayload(part: Part): boolean {
  return part.class === 'payload';
}
