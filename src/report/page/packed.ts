import { gzipSync } from 'node:zlib';

/** A text as a page carries it: small, and without a character that could end the element it stands in. */
export function packed(text: string): string {
  return gzipSync(text, { level: 9 }).toString('base64');
}
