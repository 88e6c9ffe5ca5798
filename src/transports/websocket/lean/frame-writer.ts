import { randomFillSync } from 'node:crypto';
import { FINAL, LENGTH_16, LENGTH_64, MASKED, SHORT } from '../opcodes.ts';

const MASK_BYTES = 4;
/** Random bytes for two thousand masks: to ask for each alone costs more than the frame. */
const pool = Buffer.alloc(8 << 10);
let used = pool.length;

/** One whole frame, masked, as a client must. */
export function encodeFrame(opcode: number, payload: string | Uint8Array): Buffer {
  const length = typeof payload === 'string' ? Buffer.byteLength(payload) : payload.byteLength;
  const lengthBytes = length <= SHORT ? 0 : length <= 0xffff ? 2 : 8;
  const start = 2 + lengthBytes + MASK_BYTES;
  const frame = Buffer.allocUnsafe(start + length);
  frame[0] = FINAL | opcode;
  frame[1] = MASKED | (lengthBytes === 0 ? length : lengthBytes === 2 ? LENGTH_16 : LENGTH_64);
  if (lengthBytes === 2) frame.writeUInt16BE(length, 2);
  if (lengthBytes === 8) frame.writeBigUInt64BE(BigInt(length), 2);
  if (typeof payload === 'string') frame.write(payload, start);
  else frame.set(payload, start);
  mask(frame, start);
  return frame;
}

/** Writes a mask before `start`, and masks what follows. */
function mask(frame: Buffer, start: number): void {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const key = used;
  used += MASK_BYTES;
  pool.copy(frame, start - MASK_BYTES, key, used);
  for (let at = start; at < frame.length; at++) {
    frame[at] = (frame[at] ?? 0) ^ (pool[key + ((at - start) & 3)] ?? 0);
  }
}
