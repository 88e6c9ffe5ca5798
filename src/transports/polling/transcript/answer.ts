import { jsonText, punctuation } from '../../transcript/encoded.ts';
import { elementsOf, isString, objectOf } from '../../transcript/json.ts';
import { harmless } from '../../transcript/printable.ts';
import { type Item, message, notUnderstood, payload, type Run } from '../../transcript/runs.ts';
import { BYTES_KIND, FRAMES_TYPE, HEAD_BYTES, JSON_TYPE } from '../answer.ts';

/** What an answer's body says; it may be cut off. */
export function readAnswer(type: string, content: Buffer): Item[] {
  if (content.length === 0) return [];
  if (type === JSON_TYPE) return [readJson(content)];
  return [type === FRAMES_TYPE ? readFrames(content) : notUnderstood(content)];
}

const ENVELOPE = /^\{"cursor":(\d+)(?:,"missed":(\d+))?,"messages":\[/;
const LONGEST_ENVELOPE = 80;

/** `{"cursor":2,"messages":["…","…"]}` */
function readJson(content: Buffer): Item {
  const [text, cursor, missed] = ENVELOPE.exec(content.toString('latin1', 0, LONGEST_ENVELOPE)) ?? [];
  if (text === undefined) return notUnderstood(content);
  const { elements, end } = elementsOf(content, text.length - 1);
  const runs: Run[] = [envelope(content.subarray(0, text.length), cursor, missed)];
  let at = text.length;
  for (const { start, end: after } of elements) {
    const value = content.subarray(start, after);
    runs.push(punctuation(content.subarray(at, start)));
    runs.push(...(isString(value) || after === content.length ? jsonText(value) : [payload(value, false)]));
    at = after;
  }
  runs.push(punctuation(content.subarray(at, end)));
  const rest = content.subarray(end);
  if (rest.toString('latin1') === '}') runs.push(punctuation(rest));
  else runs.push(...notUnderstood(rest).runs);
  return message(runs, elements.length);
}

function envelope(bytes: Buffer, cursor = '', missed = ''): Run {
  const notes = [
    {
      name: 'cursor',
      value: cursor,
      why: 'the newest message in this answer; the client asks next for what comes after',
    },
  ];
  const why = 'messages that the server no longer had';
  if (missed !== '') notes.push({ name: 'missed', value: missed, why });
  return { class: 'framing', label: 'envelope', bytes, notes };
}

/** Kind, length and content again and again; the first says the cursor. */
function readFrames(content: Buffer): Item {
  const runs: Run[] = [];
  let messages = 0;
  for (let at = 0; at < content.length; ) {
    const head = content.subarray(at, at + HEAD_BYTES);
    if (head.length < HEAD_BYTES) {
      runs.push(headRun(head, 'cut off'));
      break;
    }
    const carried = content.subarray(at + HEAD_BYTES, at + HEAD_BYTES + head.readUInt32BE(1));
    const isBinary = head[0] === BYTES_KIND;
    runs.push(headRun(head, isBinary ? 'bytes' : 'JSON', head.readUInt32BE(1)));
    if (at === 0) runs.push(placeRun(carried));
    else runs.push(...(isBinary || !isString(carried) ? [payload(carried, isBinary)] : jsonText(carried)));
    if (at > 0) messages++;
    at += HEAD_BYTES + carried.length;
  }
  return message(runs, messages);
}

function headRun(bytes: Buffer, kind: string, length = 0): Run {
  const notes = [
    { name: 'kind', value: bytes.subarray(0, 1).toString('hex'), why: kind },
    { name: 'length', value: String(length), why: 'four bytes: how many follow' },
  ];
  return { class: 'framing', label: 'frame head', bytes, notes, isBinary: true };
}

function placeRun(bytes: Buffer): Run {
  const { cursor, missed } = objectOf(bytes) ?? {};
  return envelope(
    bytes,
    harmless(String(cursor ?? '?')),
    missed === undefined ? '' : harmless(String(missed)),
  );
}
