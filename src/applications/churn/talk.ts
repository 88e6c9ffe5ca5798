import type { Message } from '../../contracts.ts';
import { readFields } from '../plain.ts';

/** What clients say to the server beside what is measured. */
export type ToServer =
  | { readonly say: 'leave' }
  /** A newcomer that was cut off before: its number then, and the last message of the schedule it heard. */
  | { readonly say: 'again'; readonly was: number; readonly heard: number };

/** What the server says to one client. */
export type ToClient =
  /** The first word to each client: each stay has a number of its own. */
  | { readonly say: 'number'; readonly number: number }
  /** Answers a goodbye: whatever was published before has been sent before. */
  | { readonly say: 'left' }
  | { readonly say: 'noted' };

/** A word as it is sent. */
export function written(word: ToServer | ToClient): Message {
  return JSON.stringify(word);
}

/** What a client says, whoever it is; undefined where it is nothing of this application. */
export function readToServer(message: Message): ToServer | undefined {
  const { say, was, heard } = readFields(message) ?? {};
  if (say === 'leave') return { say };
  return say === 'again' && typeof was === 'number' && typeof heard === 'number'
    ? { say, was, heard }
    : undefined;
}

/** What the server says; undefined for what is measured, whose stamp never begins like this. */
export function readToClient(message: Message): ToClient | undefined {
  if (typeof message !== 'string' || !message.startsWith('{')) return undefined;
  const { say, number } = readFields(message) ?? {};
  if (say === 'number' && typeof number === 'number') return { say, number };
  return say === 'left' || say === 'noted' ? { say } : undefined;
}
