import type { Message } from '../../contracts.ts';
import { readFields } from '../plain.ts';

/** What a client asks of the server; `id` comes back in the reply. */
export type Request = { readonly id: number | null } & (
  | { readonly type: 'join'; readonly room: string; readonly name: string }
  | { readonly type: 'say'; readonly text: string }
  | { readonly type: 'leave' }
);

/** Every request is answered by one of these. */
export type Reply = { readonly id: number | null } & (
  | { readonly type: 'ok' }
  | { readonly type: 'refused'; readonly why: string }
);

/** What was said, as the room hears it and as newcomers get it. */
export interface Line {
  readonly name: string;
  readonly text: string;
}

/** What the server tells on its own. */
export type Telling = { readonly room: string } & (
  | { readonly type: 'welcome'; readonly text: string; readonly history: readonly Line[] }
  | { readonly type: 'notice'; readonly text: string }
  /** `users` may be cut short; `count` never is. */
  | { readonly type: 'users'; readonly count: number; readonly users: readonly string[] }
  | ({ readonly type: 'said' } & Line)
);

/** The longest text that anybody may say, and the longest name of a person or a room. */
export const MAX_TEXT_BYTES = 1024 ** 2;
const MAX_NAME_CHARACTERS = 64;
/** Control characters, line ends of every kind, halves of characters, and what turns the reading direction around. */
const UNFIT = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** Reads whatever a client sent: a request that can be carried out as far as its form goes, or why it is refused. */
export function readRequest(message: Message): Request | (Reply & { readonly type: 'refused' }) {
  const refused = (why: string, id: number | null = null) => ({ type: 'refused' as const, id, why });
  if (typeof message !== 'string') return refused('a request is text, not bytes');
  const fields = readFields(message);
  if (fields === undefined) return refused('a request is a JSON object');
  const { type, room, name, text } = fields;
  const id = Number.isSafeInteger(fields.id) ? Number(fields.id) : null;
  switch (type) {
    case 'join': {
      const why = objectionTo('room', room) ?? objectionTo('name', name);
      return why === undefined ? { type, id, room: String(room), name: String(name) } : refused(why, id);
    }
    case 'say':
      if (typeof text !== 'string' || text.trim() === '') return refused('there is nothing to say', id);
      if (Buffer.byteLength(text) > MAX_TEXT_BYTES) {
        return refused(`a message has at most ${MAX_TEXT_BYTES} bytes`, id);
      }
      return { type, id, text };
    case 'leave':
      return { type, id };
    default:
      return refused('a request is of type join, say or leave', id);
  }
}

function objectionTo(what: string, value: unknown): string | undefined {
  if (typeof value !== 'string' || value.trim() === '') return `a ${what} is not empty`;
  if (value.length > MAX_NAME_CHARACTERS) return `a ${what} has at most ${MAX_NAME_CHARACTERS} characters`;
  return UNFIT.test(value) ? `a ${what} has no control characters` : undefined;
}
