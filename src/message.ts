import type { Message } from './contracts.ts';

/** Where a message came from, its number there, and when it was due. */
export interface Stamp {
  /** The server's schedule, what only warms, a client or a topic: see below. */
  readonly source: number;
  readonly sequence: number;
  /** Microseconds after the round's epoch. */
  readonly dueUs: number;
}

export const SCHEDULE_SOURCE = 0;
export const WARM_UP_SOURCE = 1;
const FIRST_CLIENT_SOURCE = 2;

/** The source of what the client, symbol or channel of that number says; a workload numbers one kind only. */
export function sourceOf(index: number): number {
  return FIRST_CLIENT_SOURCE + index;
}

/** The client, symbol or channel of that source; none where it is negative. */
export function numberOfSource(source: number): number {
  return source - FIRST_CLIENT_SOURCE;
}

const RADIX = 36;
const SOURCE_DIGITS = 4;
const SEQUENCE_DIGITS = 5;
const DUE_DIGITS = 7;

/** A stamp's length: the smallest payload that can be measured. */
export const STAMP_BYTES = SOURCE_DIGITS + SEQUENCE_DIGITS + DUE_DIGITS;

/** Makes messages of exactly `bytes` bytes: a stamp, then padding that no transport must escape. */
export function messageMaker(bytes: number, kind: 'text' | 'binary'): (stamp: Stamp) => Message {
  const make = extendedMaker(bytes, kind);
  return (stamp) => make(stamp, '');
}

/** Makes such messages that say something more, in plain letters, between the stamp and the padding. */
export function extendedMaker(
  bytes: number,
  kind: 'text' | 'binary',
): (stamp: Stamp, more: string) => Message {
  const padding = '.'.repeat(bytes - STAMP_BYTES);
  const text = (stamp: Stamp, more: string) =>
    encode(stamp) + (more === '' ? padding : more + padding.slice(more.length));
  return kind === 'text' ? text : (stamp, more) => Buffer.from(text(stamp, more), 'latin1');
}

/** Reads the stamp at a message's head; undefined where there is none. */
export function readStamp(message: Message): Stamp | undefined {
  const head = headOf(message, STAMP_BYTES);
  if (head.length < STAMP_BYTES) return undefined;
  const source = Number.parseInt(head.slice(0, SOURCE_DIGITS), RADIX);
  const sequence = Number.parseInt(head.slice(SOURCE_DIGITS, SOURCE_DIGITS + SEQUENCE_DIGITS), RADIX);
  const dueUs = Number.parseInt(head.slice(SOURCE_DIGITS + SEQUENCE_DIGITS, STAMP_BYTES), RADIX);
  if (Number.isNaN(source + sequence + dueUs)) return undefined;
  return { source, sequence, dueUs };
}

/** A stamp that is read into again and again. */
export type Slate = { -readonly [Key in keyof Stamp]: Stamp[Key] };

/** Reads the stamp that bytes begin with, into `slate`; false where there is none. */
export function readStampAt(bytes: Uint8Array, start: number, end: number, slate: Slate): boolean {
  if (end - start < STAMP_BYTES) return false;
  const sequenceAt = start + SOURCE_DIGITS;
  const dueAt = sequenceAt + SEQUENCE_DIGITS;
  slate.source = numberAt(bytes, start, sequenceAt);
  slate.sequence = numberAt(bytes, sequenceAt, dueAt);
  slate.dueUs = numberAt(bytes, dueAt, start + STAMP_BYTES);
  return slate.source >= 0 && slate.sequence >= 0 && slate.dueUs >= 0;
}

/** At least the first so many letters of a message, where it has them. */
export function headOf(message: Message, letters: number): string {
  if (typeof message === 'string') return message;
  return Buffer.from(message.buffer, message.byteOffset, message.byteLength).toString('latin1', 0, letters);
}

/** A message's length in bytes as the application counts it. */
export function payloadBytes(message: Message): number {
  return typeof message === 'string' ? Buffer.byteLength(message) : message.byteLength;
}

function encode({ source, sequence, dueUs }: Stamp): string {
  return digits(source, SOURCE_DIGITS) + digits(sequence, SEQUENCE_DIGITS) + digits(dueUs, DUE_DIGITS);
}

function digits(value: number, width: number): string {
  return value.toString(RADIX).padStart(width, '0');
}

const ZERO = 48;
const NINE = 57;
const LOWER_A = 97;
const LOWER_Z = 122;

/** Negative where a byte is no digit. */
function numberAt(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte >= ZERO && byte <= NINE) value = value * RADIX + (byte - ZERO);
    else if (byte >= LOWER_A && byte <= LOWER_Z) value = value * RADIX + (byte - LOWER_A + 10);
    else return -1;
  }
  return value;
}
