import { fieldOf, type Head } from './head.ts';

/** A piece of a body that says its own length. */
export interface Chunk {
  /** The size's line, what it announces, and what ends the chunk. */
  readonly line: Buffer;
  readonly announced: number;
  readonly data: Buffer;
  readonly tail: Buffer;
  readonly end: number;
  readonly isWhole: boolean;
}

/** What follows a head. */
export interface Body {
  readonly kind: 'none' | 'sized' | 'chunked' | 'until-close';
  /** What was carried, chunks put together. */
  readonly content: Buffer;
  readonly chunks: readonly Chunk[];
  /** How long it was announced to be; what there is may be less. */
  readonly announced: number;
  readonly start: number;
  readonly end: number;
}

/** Reads the body after a head; `isUntilClose` where the connection's end ends what has no length. */
export function readBody(bytes: Buffer, start: number, head: Head, isUntilClose: boolean): Body {
  const nothing: Body = {
    ...{ kind: 'none', content: Buffer.alloc(0), chunks: [], announced: 0, start, end: start },
  };
  if (!head.isWhole) return nothing;
  if (/\bchunked\b/i.test(fieldOf(head, 'transfer-encoding'))) return readChunks(bytes, start);
  const length = fieldOf(head, 'content-length');
  const announced = /^\d{1,15}$/.test(length) ? Number(length) : 0;
  if (length === '' && isUntilClose) {
    const content = bytes.subarray(start);
    const end = bytes.length;
    return { ...nothing, kind: 'until-close', content, announced: content.length, end };
  }
  if (announced === 0) return nothing;
  const content = bytes.subarray(start, start + announced);
  return { ...nothing, kind: 'sized', content, announced, end: start + content.length };
}

/** Of no message is more announced. */
const SIZE = /^([0-9a-f]{1,12})(;[^\r\n]*)?\r\n/i;
const LONGEST_LINE = 256;

function readChunks(bytes: Buffer, start: number): Body {
  const chunks: Chunk[] = [];
  let end = start;
  while (end < bytes.length) {
    const chunk = readChunk(bytes, end);
    if (chunk === undefined) break;
    chunks.push(chunk);
    end = chunk.end;
    if (chunk.announced === 0 && chunk.isWhole) break;
  }
  const content = Buffer.concat(chunks.map(({ data }) => data));
  return { kind: 'chunked', content, chunks, announced: content.length, start, end };
}

/** Undefined where there is no chunk; one that is cut off has what there is of it. */
function readChunk(bytes: Buffer, start: number): Chunk | undefined {
  const text = bytes.toString('latin1', start, start + LONGEST_LINE);
  const [line, digits = ''] = SIZE.exec(text) ?? [];
  if (line === undefined) {
    if (start + text.length < bytes.length || !/^[0-9a-f]{1,12}(;[^\r\n]*)?\r?$/i.test(text))
      return undefined;
    const cut = { data: Buffer.alloc(0), tail: Buffer.alloc(0), end: bytes.length, isWhole: false };
    return { line: bytes.subarray(start), announced: 0, ...cut };
  }
  const announced = Number.parseInt(digits, 16);
  const from = start + line.length;
  const to = Math.min(bytes.length, from + announced);
  const end = announced === 0 ? trailerEnd(bytes, from) : chunkEnd(bytes, to);
  if (end === undefined) return undefined;
  const tail = bytes.subarray(to, end);
  const isWhole = to - from === announced && tail.toString('latin1').endsWith('\r\n');
  return { line: bytes.subarray(start, from), announced, data: bytes.subarray(from, to), tail, end, isWhole };
}

/** After its data a chunk has a line's end, or the connection ended before it. */
function chunkEnd(bytes: Buffer, to: number): number | undefined {
  const tail = bytes.toString('latin1', to, to + 2);
  return '\r\n'.startsWith(tail) ? to + tail.length : undefined;
}

/** After the last chunk there may be fields; an empty line ends them. */
function trailerEnd(bytes: Buffer, from: number): number {
  if (bytes.toString('latin1', from, from + 2) === '\r\n') return from + 2;
  const found = bytes.indexOf('\r\n\r\n', from);
  return found < 0 ? bytes.length : found + 4;
}
