import type { ByteClass, Note, Part } from '../../contracts.ts';
import { hex, printable } from './printable.ts';

/** Bytes that belong together: a part that is still to be printed. Of an encoded message these are the message's own. */
export interface Run {
  readonly class: ByteClass;
  /** Empty for mere punctuation, which joins what stands before it. */
  readonly label: string;
  readonly bytes: Buffer;
  readonly notes?: readonly Note[];
  /** Bytes that are no text even where they look like it. */
  readonly isBinary?: boolean;
  /** Spread over what stands before it, so that punctuation does not join it. */
  readonly isSpread?: boolean;
}

/** One thing that is said, whatever carries it: a message, a packet, an event. */
export interface Item {
  readonly title: string;
  readonly why: string;
  readonly runs: readonly Run[];
}

/** What nobody could take apart. */
export function notUnderstood(bytes: Buffer): Item {
  const run: Run = { class: 'framing', label: 'not understood', bytes };
  return { title: `${counted(bytes.length, 'byte')} not understood`, why: '', runs: [run] };
}

/** What an application sends, as it is. */
export function payload(bytes: Buffer, isBinary: boolean): Run {
  return { class: 'payload', label: 'message', bytes, ...(isBinary && { isBinary }) };
}

/** What an application sent, with what its encoding adds: one message, or several together. */
export function message(runs: readonly Run[], count = 1): Item {
  const own = counted(bytesOf(runs.filter((run) => run.class === 'payload')), 'byte');
  const title = count === 1 ? `message of ${own}` : `${count} messages of ${own} in all`;
  return { title: count === 0 ? 'no message' : title, why: '', runs: joined(runs) };
}

/** Punctuation becomes part of the framing before it. */
export function joined(runs: readonly Run[]): Run[] {
  const all: Run[] = [];
  for (const run of runs.filter(({ bytes }) => bytes.length > 0)) {
    const before = all.at(-1);
    if (run.label !== '') all.push(run);
    else if (before === undefined || before.class !== run.class || before.isSpread)
      all.push({ ...run, label: 'punctuation' });
    else all[all.length - 1] = { ...before, bytes: Buffer.concat([before.bytes, run.bytes]) };
  }
  return all;
}

/** What all runs are there for, where that is handshake or heartbeats: then what carries them is there for that too. A heartbeat beside a handshake costs nothing more. */
export function purposeOf(runs: readonly Run[]): 'handshake' | 'heartbeat' | undefined {
  const classes = new Set(runs.map((run) => run.class));
  if ([...classes].some((one) => one !== 'handshake' && one !== 'heartbeat')) return undefined;
  if (classes.has('handshake')) return 'handshake';
  return classes.has('heartbeat') ? 'heartbeat' : undefined;
}

/** How many bytes runs take. */
export function bytesOf(runs: readonly Run[]): number {
  return runs.reduce((sum, { bytes }) => sum + bytes.length, 0);
}

/** Runs as a step shows them. */
export function partsOf(runs: readonly Run[]): Part[] {
  return runs
    .filter(({ bytes }) => bytes.length > 0)
    .map(({ class: kind, label, bytes, notes = [], isBinary }) => ({
      class: kind,
      label,
      bytes: bytes.length,
      text: isBinary ? hex(bytes) : printable(bytes),
      notes,
    }));
}

/** `1 byte`, `2 bytes`. */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
