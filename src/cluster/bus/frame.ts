import type { Message } from '../../contracts.ts';

/** What crosses a bus that carries nothing but bytes. */
export interface Frame {
  readonly node: number;
  readonly room: string;
  readonly message: Message;
}

const TEXT = 0;
const BINARY = 1;
/** The node, the kind, and the room's length before the room itself. */
const HEAD_BYTES = 4;

/** A frame as bytes. */
export function encodeFrame({ node, room, message }: Frame): Buffer {
  const place = Buffer.from(room);
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt8(node, 0);
  head.writeUInt8(typeof message === 'string' ? TEXT : BINARY, 1);
  head.writeUInt16BE(place.length, 2);
  return Buffer.concat([head, place, typeof message === 'string' ? Buffer.from(message) : message]);
}

/** The frame that those bytes are. */
export function decodeFrame(bytes: Uint8Array): Frame {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = HEAD_BYTES + buffer.readUInt16BE(2);
  const message = buffer.subarray(end);
  return {
    node: buffer.readUInt8(0),
    room: buffer.toString('utf8', HEAD_BYTES, end),
    message: buffer.readUInt8(1) === TEXT ? message.toString() : message,
  };
}
