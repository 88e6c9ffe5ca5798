import { isUtf8 } from 'node:buffer';

const LONGEST_TEXT = 120;
/** More than is ever shown, whatever it is written in. */
const READ_BYTES = 512;
/** What can do nothing to a terminal or a page's order of reading. */
const HARMLESS = /[\p{L}\p{M}\p{N}\p{P}\p{S} ]/u;
const NAMES: Readonly<Record<string, string>> = { '\r': '\\r', '\n': '\\n', '\t': '\\t' };

/** A text as it can be printed anywhere: control and layout characters escaped, and cut where it is long. */
export function harmless(text: string, longest = LONGEST_TEXT): string {
  let shown = '';
  for (const letter of text) {
    const next = HARMLESS.test(letter) ? letter : escaped(letter);
    if (shown.length + next.length > longest) return `${shown}…`;
    shown += next;
  }
  return shown;
}

/** Bytes by their numbers. */
export function hex(bytes: Buffer): string {
  const most = Math.floor(LONGEST_TEXT / 3);
  const shown = [...bytes.subarray(0, most)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return bytes.length > most ? `${shown} …` : shown;
}

/** Bytes as text where they are that, by their numbers otherwise. */
export function printable(bytes: Buffer): string {
  const [start, end] = textWithin(bytes.subarray(0, READ_BYTES));
  const text = bytes.subarray(start, end);
  if (!isUtf8(text)) return hex(bytes);
  const after = end < READ_BYTES - LONGEST_LETTER ? latin1(bytes.subarray(end)) : '';
  return harmless(latin1(bytes.subarray(0, start)) + text.toString() + after);
}

const LONGEST_LETTER = 4;

/** Whoever cuts bytes may cut a letter, at either end. */
function textWithin(bytes: Buffer): [start: number, end: number] {
  let start = 0;
  while (start < LONGEST_LETTER - 1 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start++;
  for (let end = bytes.length; end > bytes.length - LONGEST_LETTER && end >= start; end--) {
    if (isUtf8(bytes.subarray(start, end))) return [start, end];
  }
  return [start, bytes.length];
}

function latin1(bytes: Buffer): string {
  return [...bytes].map((byte) => escaped(String.fromCharCode(byte))).join('');
}

function escaped(letter: string): string {
  const code = letter.codePointAt(0) ?? 0;
  if (code > 0xff) return `\\u{${code.toString(16)}}`;
  return NAMES[letter] ?? `\\x${code.toString(16).padStart(2, '0')}`;
}
