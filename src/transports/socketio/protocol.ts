import type { Message } from '../../contracts.ts';

/** How socket.io moves its packets. */
export type Carrier = 'polling' | 'websocket';

/** The one event that messages travel as; its name is on the wire each time, so it is short. */
export const EVENT = 'm';

/** The events of both directions, as the library wants them typed. */
export interface Outgoing {
  [EVENT](message: Message): void;
}

/** What the other side claims to have sent: anything, until it has been looked at. */
export interface Incoming {
  [EVENT](message: unknown, answer: unknown): void;
}

/** Whether the library gives a way to acknowledge the event: the client has asked for it. */
export function isAnswer(value: unknown): value is (reply: Message) => void {
  return typeof value === 'function';
}

/** Whether an event's argument is a message at all. */
export function isMessage(value: unknown): value is Message {
  return typeof value === 'string' || value instanceof Uint8Array;
}

/** Room for what the encodings add: escapes in JSON, base64 on polling, packet headers. */
export function packetBytes(maxMessageBytes: number): number {
  return 2 * maxMessageBytes + 1024;
}
