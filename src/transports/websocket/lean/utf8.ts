import { isUtf8 } from 'node:buffer';

/** Up to so many bytes looking at each costs less than a call into the runtime, which needs a view of them. */
const FEW_BYTES = 128;

/** Whether a part of a buffer is well-formed UTF-8. */
export function isText(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start <= FEW_BYTES) {
    let at = start;
    while (at < end && (bytes[at] ?? 0) < 0x80) at++;
    if (at === end) return true;
  }
  return isUtf8(bytes.subarray(start, end));
}
