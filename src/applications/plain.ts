import type { Connection, Message, Peer } from '../contracts.ts';
import { payloadBytes, readStamp } from '../message.ts';
import type { Heard, Part } from './application.ts';

/** Makes out a message that is its stamp and padding, and nothing else. */
export function hearPlain(message: Message): Heard {
  const stamp = readStamp(message);
  return stamp === undefined ? 'unreadable' : { stamp, bytes: payloadBytes(message) };
}

/** What a client does that only hears such messages. */
export const PLAIN_PART: Part = { isPlain: true, hear: hearPlain };

/** The fields of a message that is a JSON object; undefined where it is none. */
export function readFields(message: Message): Readonly<Record<string, unknown>> | undefined {
  if (typeof message !== 'string') return undefined;
  try {
    const value: unknown = JSON.parse(message);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** Asks in the way that the transport has for it, else says it like every other message. */
export function ask(connection: Connection, message: Message): void {
  if (connection.ask === undefined) connection.send(message);
  else connection.ask(message);
}

/** Answers in the way that the transport has for it, else like every other message. */
export function reply(peer: Peer, message: Message, answer: ((reply: Message) => void) | undefined): void {
  if (answer === undefined) peer.send(message);
  else answer(message);
}
