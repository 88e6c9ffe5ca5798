import { payload, type Run } from './runs.ts';

const QUOTE = 34;
const BACKSLASH = 92;
const UNICODE = 'u'.charCodeAt(0);
const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** A text as JSON: its quotes and what its escapes add are framing. The text may be cut off. */
export function jsonText(bytes: Buffer): Run[] {
  const isEnded = bytes.length > 1 && bytes[bytes.length - 1] === QUOTE;
  const end = bytes.length - (isEnded ? 1 : 0);
  const { own, added } = unescaped(bytes.subarray(1, end));
  return [punctuation(bytes.subarray(0, 1)), payload(own, false), added, punctuation(bytes.subarray(end))];
}

/** Bytes as base64, which writes three as four. */
export function base64Bytes(bytes: Buffer): Run[] {
  const own = Buffer.from(bytes.toString('latin1'), 'base64');
  return [payload(own, true), spread('what base64 adds', bytes.subarray(own.length))];
}

/** Whether bytes can be base64, whole or cut off. */
export function isBase64(bytes: Buffer): boolean {
  return /^[A-Za-z0-9+/]*={0,2}$/.test(bytes.toString('latin1'));
}

/** Quotes, commas and brackets. */
export function punctuation(bytes: Buffer): Run {
  return { class: 'framing', label: '', bytes };
}

function spread(label: string, bytes: Buffer): Run {
  return { class: 'framing', label, bytes, isSpread: true };
}

/** The text's own bytes, and as many as its escapes take beyond them. */
function unescaped(bytes: Buffer): { own: Buffer; added: Run } {
  const own: Buffer[] = [];
  const added: Buffer[] = [];
  let at = 0;
  for (;;) {
    const start = bytes.indexOf(BACKSLASH, at);
    own.push(bytes.subarray(at, start < 0 ? bytes.length : start));
    if (start < 0) break;
    const { letter, end } = readEscape(bytes, start);
    own.push(letter);
    added.push(bytes.subarray(start, end - letter.length));
    at = end;
  }
  return {
    own: Buffer.concat(own),
    added: spread('what escapes add', Buffer.concat(added)),
  };
}

/** A letter that is escaped, and where its escape ends: never longer than that. */
function readEscape(bytes: Buffer, start: number): { letter: Buffer; end: number } {
  const kind = bytes[start + 1];
  if (kind === undefined) return { letter: Buffer.alloc(0), end: start + 1 };
  if (kind !== UNICODE) {
    const name = String.fromCharCode(kind);
    const letter = Buffer.from(ESCAPES[name] ?? name, 'latin1');
    return { letter, end: start + 2 };
  }
  const [text = ''] = PAIR.exec(bytes.toString('latin1', start, start + 12)) ?? [];
  const codes = text.split('\\u').slice(1);
  const letter = Buffer.from(String.fromCharCode(...codes.map((code) => Number.parseInt(code, 16))));
  return text === '' ? { letter, end: start + 2 } : { letter, end: start + text.length };
}

/** One code unit, or the two of a letter that takes two. */
const PAIR = /^\\u(?:d[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}|[0-9a-f]{4})/i;
