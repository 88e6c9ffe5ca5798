import type { Message } from '../contracts.ts';
import { payloadBytes, readStamp } from '../message.ts';
import type { Heard } from './application.ts';

/** Makes out a message that is its stamp and padding, and nothing else. */
export function hearPlain(message: Message): Heard {
  const stamp = readStamp(message);
  return stamp === undefined ? 'unreadable' : { stamp, bytes: payloadBytes(message) };
}

/** Nothing is passed on from clients to clients. */
export const NOTHING_RELAYED = { messages: 0, deliveries: 0 };
