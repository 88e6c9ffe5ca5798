import type { Heard } from '../../http/client/heard.ts';
import { endOfDigits, endOfText, numberOf, standsAt } from '../../lean/plain.ts';
import { BYTES_KIND, FRAMES_TYPE, HEAD_BYTES, JSON_TYPE } from '../answer.ts';
import type { ReadAnswer } from './poller.ts';
import { readAnswer } from './read.ts';

const QUOTE = 34;
const COMMA = 44;
const BEFORE_CURSOR = Buffer.from('{"cursor":');
const BEFORE_MESSAGES = Buffer.from(',"messages":[');
const AFTER_MESSAGES = Buffer.from(']}');
const AFTER_CURSOR = Buffer.from('}');

/** Reads an answer without making a string or an object of its messages, wherever that can be. */
export const skimAnswer: ReadAnswer = (type, bytes, start, end, heard) => {
  if (heard.skims) {
    const isJson = type.startsWith(JSON_TYPE);
    if (isJson && skimJson(bytes, start, end, heard)) return cursorAt(bytes, start, end);
    if (type === FRAMES_TYPE && skimFrames(bytes, start, end, heard))
      return cursorAt(bytes, start + HEAD_BYTES, end);
  }
  return readAnswer(type, bytes, start, end, heard);
};

/** The cursor of what begins with one. */
function cursorAt(bytes: Buffer, start: number, end: number): number {
  const at = start + BEFORE_CURSOR.length;
  return numberOf(bytes, at, endOfDigits(bytes, at, end));
}

/** Where that cursor ends; negative where there is none. */
function endOfCursor(bytes: Buffer, start: number, end: number): number {
  if (!standsAt(bytes, start, end, BEFORE_CURSOR)) return -1;
  const at = start + BEFORE_CURSOR.length;
  const after = endOfDigits(bytes, at, end);
  return after > at ? after : -1;
}

/** Tells nothing, and is false, where a message is not as it was written. */
function skimJson(bytes: Buffer, start: number, end: number, heard: Heard): boolean {
  const at = endOfCursor(bytes, start, end);
  if (at < 0 || !standsAt(bytes, at, end, BEFORE_MESSAGES)) return false;
  const first = at + BEFORE_MESSAGES.length;
  if (!areTexts(bytes, first, end)) return false;
  for (let open = first; bytes[open] === QUOTE; ) {
    const close = endOfText(bytes, open + 1, end);
    heard.skim(bytes, open + 1, close);
    open = close + 2;
  }
  return true;
}

/** Whether there are texts as they were written up to the answer's end, and nothing else. */
function areTexts(bytes: Buffer, first: number, end: number): boolean {
  for (let open = first; bytes[open] === QUOTE; ) {
    const close = endOfText(bytes, open + 1, end);
    if (close < 0) return false;
    if (bytes[close + 1] !== COMMA)
      return close + 3 === end && standsAt(bytes, close + 1, end, AFTER_MESSAGES);
    open = close + 2;
  }
  return false;
}

/** The same where messages are bytes, or some of them. */
function skimFrames(bytes: Buffer, start: number, end: number, heard: Heard): boolean {
  const first = endOfFrame(bytes, start, end);
  const at = endOfCursor(bytes, start + HEAD_BYTES, end);
  if (bytes[start] === BYTES_KIND || at + 1 !== first || !standsAt(bytes, at, end, AFTER_CURSOR))
    return false;
  for (let from = first; from < end; from = endOfFrame(bytes, from, end)) {
    if (!isBytes(bytes, from, end)) return false;
  }
  for (let from = first; from < end; ) {
    const to = endOfFrame(bytes, from, end);
    heard.skim(bytes, from + HEAD_BYTES, to);
    from = to;
  }
  return true;
}

function isBytes(bytes: Buffer, from: number, end: number): boolean {
  return endOfFrame(bytes, from, end) <= end && bytes[from] === BYTES_KIND;
}

/** Beyond `end` where it is cut short. */
function endOfFrame(bytes: Buffer, from: number, end: number): number {
  return from + HEAD_BYTES > end ? end + 1 : from + HEAD_BYTES + bytes.readUInt32BE(from + 1);
}
