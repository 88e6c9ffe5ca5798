import type { RawData } from 'ws';
import type { Message } from '../../contracts.ts';

/** Where the server answers upgrades. */
export const PATH = '/ws';

/** What a frame carried: a text frame as a string, a binary one as its bytes, not copied. */
export function messageOf(data: RawData, isBinary: boolean): Message {
  const bytes = Array.isArray(data)
    ? Buffer.concat(data)
    : data instanceof ArrayBuffer
      ? Buffer.from(data)
      : data;
  return isBinary ? bytes : bytes.toString();
}
