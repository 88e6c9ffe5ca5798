import { BYTE_CLASSES, type Direction, type Part } from '../../measurements/trace/steps.ts';
import type { Conversation, Ways } from '../../measurements/trace/trace.ts';
import { count, plain } from '../numbers.ts';
import { clean, counted } from '../words/text.ts';
import { bytesOf, type Step, stepsOf } from './story.ts';

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
  const cost = `${counted(news.bytes, 'byte')} of news cost ${counted(total, 'byte')}`;
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

/** What a message's bytes are, for each way that they came: `down: 64 payload + 2 frame header = 66 B`. */
export function sumsOf(conversation: Conversation): string[] {
  const steps = stepsOf(conversation);
  const sums = steps.flatMap((step, index) => {
    if (!step.parts.some(isPayload)) return [];
    const asked = askedBy(step, steps.slice(0, index));
    const request = asked === undefined ? [] : [`${count(bytesOf(asked))} request`];
    return [
      `${step.way}: ${[...request, ...addendsOf(step.parts)].join(' + ')} = ${count(bytesOf(step) + (asked ? bytesOf(asked) : 0))} B`,
    ];
  });
  const alike = [...Map.groupBy(sums, (sum) => sum)].map(([sum, all]) => `${all.length} × ${sum}`);
  const more = alike.length - MOST_SUMS;
  return more > 0 ? [...alike.slice(0, MOST_SUMS), `and ${counted(more, 'other sum')}`] : alike;
}

/** A step's bytes part by part: `2 frame header`, `64 payload`. */
export function addendsOf(parts: readonly Part[]): string[] {
  const named = Map.groupBy(parts, (part) => (isPayload(part) ? 'payload' : clean(part.label)));
  return [...named].map(
    ([label, some]) => `${count(some.reduce((sum, { bytes }) => sum + bytes, 0))} ${label}`,
  );
}

/** The request that an answer with a message answers; none where the message came without being asked for. */
function askedBy(step: Step, before: readonly Step[]): Step | undefined {
  if (step.way === 'up' || !step.parts.some((part) => part.class === 'header')) return undefined;
  const last = before.findLast(({ way, connection }) => way === 'up' && connection === step.connection);
  return last?.parts.some(isPayload) ? undefined : last;
}

function isPayload(part: Part): boolean {
  return part.class === 'payload';
}
