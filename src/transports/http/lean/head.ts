/** As much as `node:http` takes. */
export const MOST_HEAD_BYTES = 16 << 10;

const CR = 13;
const LF = 10;

/** How an answer's body is delimited. */
export type Framing = 'length' | 'chunked' | 'until-close';

/** What the head of an answer says. */
export interface Head {
  /** With the empty line that ends it. */
  readonly bytes: number;
  readonly status: number;
  readonly type: string;
  readonly framing: Framing;
  /** The body's, where it is delimited by that. */
  readonly length: number;
  /** The server will not take another request on this connection. */
  readonly closing: boolean;
}

/** A server says the same again and again, its date changing once a second: the latest head, and what it says. */
let latest: { readonly text: Buffer; readonly head: Head } | undefined;

/** Reads the head that begins at `at`; undefined where its end has not come. Throws where it is no HTTP. */
export function readHead(bytes: Buffer, at: number): Head | undefined {
  if (latest !== undefined) {
    const { text, head } = latest;
    const end = at + text.length;
    if (end <= bytes.length && bytes.compare(text, 0, text.length, at, end) === 0) return head;
  }
  const end = endOfHead(bytes, at);
  if (end < 0) return undefined;
  const head = parseHead(bytes.toString('latin1', at, end));
  latest = { text: Buffer.from(bytes.subarray(at, end)), head };
  return head;
}

/** Where the head that begins at `at` ends; negative where that has not come. */
function endOfHead(bytes: Buffer, at: number): number {
  for (let lf = bytes.indexOf(LF, at); lf >= 0; lf = bytes.indexOf(LF, lf + 1)) {
    if (lf >= at + 3 && bytes[lf - 1] === CR && bytes[lf - 2] === LF && bytes[lf - 3] === CR) return lf + 1;
  }
  return -1;
}

function parseHead(text: string): Head {
  const digits = /^HTTP\/1\.[01] (\d{3})[ \r]/.exec(text)?.[1];
  if (digits === undefined) throw new Error('an answer that is no HTTP');
  const status = Number(digits);
  const length = readLength(text);
  const chunked = /\r\nTransfer-Encoding: *chunked/i.test(text);
  if (chunked && length !== undefined) throw new Error('an answer with two lengths');
  const bare = status < 200 || status === 204 || status === 304;
  return {
    bytes: text.length,
    status,
    type: /\r\nContent-Type: *([^\r]*)/i.exec(text)?.[1] ?? '',
    framing: bare ? 'length' : chunked ? 'chunked' : length === undefined ? 'until-close' : 'length',
    length: bare ? 0 : (length ?? 0),
    closing: /\r\nConnection: *close/i.test(text),
  };
}

function readLength(text: string): number | undefined {
  const [first, second] = text.matchAll(/\r\nContent-Length:[ \t]*([^\r]*)/gi);
  if (first === undefined) return undefined;
  const length = /^\d{1,15}[ \t]*$/.test(first[1] ?? '') ? Number(first[1]) : Number.NaN;
  if (Number.isNaN(length) || second !== undefined) throw new Error('an answer whose length is no number');
  return length;
}
