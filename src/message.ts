import type { Message } from './contracts.ts';

/** Where a message came from, its number there, and when it was due. */
export interface Stamp {
  /** The server's schedule, what only warms, or a client: see below. */
  readonly source: number;
  readonly sequence: number;
  /** Microseconds after the round's epoch. */
  readonly dueUs: number;
}

export const SCHEDULE_SOURCE = 0;
export const WARM_UP_SOURCE = 1;
const FIRST_CLIENT_SOURCE = 2;

/** The source of what the client of that number says. */
export function sourceOfClient(index: number): number {
  return FIRST_CLIENT_SOURCE + index;
}

/** The number of the client that a source belongs to. */
export function clientOfSource(source: number): number {
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
  const padding = '.'.repeat(bytes - STAMP_BYTES);
  if (kind === 'text') return (stamp) => encode(stamp) + padding;
  return (stamp) => Buffer.from(encode(stamp) + padding, 'latin1');
}

/** Reads the stamp at a message's head; undefined where there is none. */
export function readStamp(message: Message): Stamp | undefined {
  const head =
    typeof message === 'string'
      ? message
      : Buffer.from(message.buffer, message.byteOffset, message.byteLength).toString(
          'latin1',
          0,
          STAMP_BYTES,
        );
  if (head.length < STAMP_BYTES) return undefined;
  const source = Number.parseInt(head.slice(0, SOURCE_DIGITS), RADIX);
  const sequence = Number.parseInt(head.slice(SOURCE_DIGITS, SOURCE_DIGITS + SEQUENCE_DIGITS), RADIX);
  const dueUs = Number.parseInt(head.slice(SOURCE_DIGITS + SEQUENCE_DIGITS, STAMP_BYTES), RADIX);
  if (Number.isNaN(source + sequence + dueUs)) return undefined;
  return { source, sequence, dueUs };
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
