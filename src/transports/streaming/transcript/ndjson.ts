import { base64Bytes, isBase64, jsonText, punctuation } from '../../transcript/encoded.ts';
import { isString, objectOf } from '../../transcript/json.ts';
import { type Item, message, notUnderstood, type Run } from '../../transcript/runs.ts';
import { beat, gap, hello } from './lines.ts';

const LF = 10;

/** Lines of JSON, the last of which may be cut off. */
export function readLines(content: Buffer): Item[] {
  const items: Item[] = [];
  for (let start = 0; start < content.length; ) {
    const found = content.indexOf(LF, start);
    const end = found < 0 ? content.length : found + 1;
    items.push(lineItem(content.subarray(start, found < 0 ? end : found), content.subarray(start, end)));
    start = end;
  }
  return items;
}

const BINARY = '{"binary":"';

/** A value, and the same with its line's end. */
function lineItem(value: Buffer, line: Buffer): Item {
  const text = value.toString('latin1');
  const end = line.subarray(value.length);
  if (text === '') return beat(line);
  if (isString(value)) return message([...jsonText(value), punctuation(end)]);
  if (text.startsWith(BINARY)) return binary(value, end) ?? notUnderstood(line);
  const { session, missed } = objectOf(value) ?? {};
  if (typeof session === 'string') return hello(line, session);
  if (typeof missed === 'number') return gap(line, missed);
  return notUnderstood(line);
}

function binary(value: Buffer, end: Buffer): Item | undefined {
  const from = BINARY.length;
  const quote = value.indexOf('"', from);
  const encoded = value.subarray(from, quote < 0 ? value.length : quote);
  const after = value.subarray(from + encoded.length);
  if (!isBase64(encoded) || !'"}'.startsWith(after.toString('latin1'))) return undefined;
  const begin: Run = { class: 'framing', label: 'marks bytes', bytes: value.subarray(0, from) };
  return message([begin, ...base64Bytes(encoded), punctuation(after), punctuation(end)]);
}
