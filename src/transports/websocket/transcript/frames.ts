import { FINAL, LENGTH_16, LENGTH_64, MASKED } from '../opcodes.ts';

/** A frame, or what there is of it where the connection was cut. */
export interface Frame {
  readonly header: Buffer;
  readonly opcode: number;
  readonly isFinal: boolean;
  /** What its content is masked with; empty where it is not. */
  readonly key: Buffer;
  /** What it carries, without its mask. */
  readonly content: Buffer;
  readonly announced: number;
  readonly end: number;
}

/** Reads all frames from there on: every byte is in one. */
export function readFrames(bytes: Buffer, start: number): Frame[] {
  const frames: Frame[] = [];
  for (let at = start; at < bytes.length; ) {
    const frame = readFrame(bytes, at);
    frames.push(frame);
    at = frame.end;
  }
  return frames;
}

function readFrame(bytes: Buffer, start: number): Frame {
  const second = bytes[start + 1] ?? 0;
  const short = second & 0x7f;
  const lengthBytes = short === LENGTH_16 ? 2 : short === LENGTH_64 ? 8 : 0;
  const maskBytes = second & MASKED ? 4 : 0;
  const header = bytes.subarray(start, start + 2 + lengthBytes + maskBytes);
  const from = start + header.length;
  const isWhole = header.length === 2 + lengthBytes + maskBytes;
  const key = isWhole ? header.subarray(header.length - maskBytes) : Buffer.alloc(0);
  const announced = isWhole ? lengthOf(header, short) : 0;
  const end = Math.min(bytes.length, from + announced);
  const carried = bytes.subarray(from, end);
  return {
    header,
    opcode: (header[0] ?? 0) & 0x0f,
    isFinal: ((header[0] ?? 0) & FINAL) !== 0,
    key,
    content: key.length > 0 ? unmasked(carried, key) : carried,
    announced,
    end,
  };
}

function lengthOf(header: Buffer, short: number): number {
  if (short === LENGTH_16) return header.readUInt16BE(2);
  return short === LENGTH_64 ? Number(header.readBigUInt64BE(2)) : short;
}

function unmasked(carried: Buffer, key: Buffer): Buffer {
  return Buffer.from(carried.map((byte, place) => byte ^ (key[place % key.length] ?? 0)));
}
