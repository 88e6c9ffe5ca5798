import type { Message } from '../../contracts.ts';

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

/** A word that the other half wrote; undefined for what is measured, whose stamp never begins like this. */
export function readWord<Word extends ToServer | ToClient>(message: Message): Word | undefined {
  return typeof message === 'string' && message.startsWith('{') ? JSON.parse(message) : undefined;
}
