import type { Message } from '../../contracts.ts';

export const JSON_TYPE = 'application/json';
/** Where a message is bytes: frames of kind, length and content, the first being `{"cursor":…}`. */
export const FRAMES_TYPE = 'application/x-rtbench-frames';

const JSON_KIND = 0;
/** What a frame's first byte says where bytes follow, and how long its head is. */
export const BYTES_KIND = 1;
export const HEAD_BYTES = 5;

/** A message as an answer holds it: JSON of a text, or bytes as they are. */
export type Piece = string | Buffer;

/** Encodes a message once, for however many answers. */
export function toPiece(message: Message): Piece {
  return typeof message === 'string' ? JSON.stringify(message) : Buffer.from(message);
}

/** What an answer says beside its messages. */
export interface Place {
  /** Number of the newest message in the answer. */
  readonly cursor: number;
  /** How many messages the server no longer had. */
  readonly missed: number;
}

/** Makes an answer's body: one JSON value, or frames as soon as one message is bytes. */
export function encodeAnswer(
  { cursor, missed }: Place,
  pieces: readonly Piece[],
): { type: string; body: Buffer } {
  const gap = missed > 0 ? `,"missed":${missed}` : '';
  if (pieces.every((piece) => typeof piece === 'string')) {
    const body = Buffer.from(`{"cursor":${cursor}${gap},"messages":[${pieces.join(',')}]}`);
    return { type: JSON_TYPE, body };
  }
  const parts = frame(`{"cursor":${cursor}${gap}}`);
  for (const piece of pieces) parts.push(...frame(piece));
  return { type: FRAMES_TYPE, body: Buffer.concat(parts) };
}

/** Reads an answer's body, tells its messages in order, none of them a part of it, and returns the new cursor; throws where it is no answer. */
export function decodeAnswer(type: string, body: Buffer, tell: (message: Message) => void): number {
  if (type.startsWith(JSON_TYPE)) {
    const { cursor, messages }: Partial<Record<string, unknown>> = JSON.parse(body.toString());
    if (typeof cursor !== 'number' || !Array.isArray(messages)) throw new Error('an answer without cursor');
    for (const message of messages) tell(message);
    return cursor;
  }
  if (type !== FRAMES_TYPE) throw new Error(`an answer of type ${type}`);
  return decodeFrames(body, tell);
}

function frame(piece: Piece): Buffer[] {
  const content = typeof piece === 'string' ? Buffer.from(piece) : piece;
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt8(typeof piece === 'string' ? JSON_KIND : BYTES_KIND);
  head.writeUInt32BE(content.length, 1);
  return [head, content];
}

function decodeFrames(body: Buffer, tell: (message: Message) => void): number {
  let cursor: number | undefined;
  for (let at = 0; at < body.length; ) {
    const kind = body.readUInt8(at);
    const end = at + HEAD_BYTES + body.readUInt32BE(at + 1);
    if (end > body.length) throw new Error('an answer that is cut short');
    const content = body.subarray(at + HEAD_BYTES, end);
    const message = kind === BYTES_KIND ? Buffer.from(content) : JSON.parse(content.toString());
    if (cursor === undefined) cursor = Number(message.cursor);
    else tell(message);
    at = end;
  }
  if (cursor === undefined) throw new Error('an empty answer');
  return cursor;
}
