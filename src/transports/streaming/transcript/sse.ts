import type { Note } from '../../../contracts.ts';
import { base64Bytes, isBase64, jsonText, punctuation } from '../../transcript/encoded.ts';
import { isString } from '../../transcript/json.ts';
import { harmless } from '../../transcript/printable.ts';
import { type Item, message, notUnderstood, payload, type Run } from '../../transcript/runs.ts';
import { beat, gap, hello } from './lines.ts';

const LF = 10;

/** A field of an event: its name, its value, and the bytes of both with the line's end. */
interface Field {
  readonly name: string;
  readonly value: Buffer;
  /** What stands before the value, and what ends its line. */
  readonly before: Buffer;
  readonly end: Buffer;
}

/** Server-sent events, the last of which may be cut off: an empty line ends each. */
export function readEvents(content: Buffer): Item[] {
  const items: Item[] = [];
  let fields: Field[] = [];
  let begun = 0;
  for (let start = 0; start < content.length; ) {
    const found = content.indexOf(LF, start);
    const next = found < 0 ? content.length : found + 1;
    const field = readField(content, start, next);
    fields.push(field);
    start = next;
    if (field.name !== '' || field.value.length > 0 || field.before.length > 0) {
      if (start < content.length) continue;
    }
    items.push(eventItem(fields, content.subarray(begun, start)));
    fields = [];
    begun = start;
  }
  return items;
}

/** `name: value`, or a comment, whose name is empty. */
function readField(content: Buffer, start: number, next: number): Field {
  const hasEnd = content[next - 1] === LF;
  const end = hasEnd ? next - 1 : next;
  const line = content.toString('latin1', start, end);
  const colon = line.indexOf(':');
  const name = colon < 0 ? line : line.slice(0, colon);
  const from = colon < 0 ? end : start + colon + (line[colon + 1] === ' ' ? 2 : 1);
  return {
    name,
    value: content.subarray(from, end),
    before: content.subarray(start, from),
    end: content.subarray(end, next),
  };
}

function eventItem(fields: readonly Field[], bytes: Buffer): Item {
  const value = (name: string) => fields.find((field) => field.name === name)?.value.toString() ?? '';
  const kind = value('event');
  const data = fields.filter(({ name }) => name === 'data');
  if (data.length === 0) return fields.every(({ name }) => name === '') ? beat(bytes) : notUnderstood(bytes);
  if (kind === 'session') return hello(bytes, value('data'));
  if (kind === 'missed') return gap(bytes, value('data'));
  const last = data.at(-1);
  return message(fields.flatMap((field) => fieldRuns(field, kind, field === last)));
}

/** Where a message has several lines, each is data, and the line's end between them is its own. */
function fieldRuns(field: Field, kind: string, isLast: boolean): Run[] {
  const { name, value, before, end } = field;
  if (name !== 'data') return [lineRun(field)];
  const begin: Run = { class: 'framing', label: 'data', bytes: before, notes: [DATA] };
  return isLast
    ? [begin, ...valueRuns(value, kind), punctuation(end)]
    : [begin, payload(Buffer.concat([value, end]), false)];
}

function valueRuns(value: Buffer, kind: string): Run[] {
  if (kind === 'json' && isString(value)) return jsonText(value);
  if (kind === 'binary' && isBase64(value)) return base64Bytes(value);
  return [payload(value, false)];
}

const DATA: Note = {
  name: 'data',
  value: '',
  why: "the event's text; each of its lines has a field of its own",
};
const WHYS: Readonly<Record<string, string>> = {
  id: 'who loses the stream asks for what came after this one',
  event: 'what kind of event: the page listens for each kind by its name',
  retry: 'how many milliseconds to wait before the stream is asked for again',
};

function lineRun({ name, value, before, end }: Field): Run {
  const bytes = Buffer.concat([before, value, end]);
  if (bytes.length === end.length) return punctuation(bytes);
  const shown = harmless(name) || 'comment';
  const why = Object.hasOwn(WHYS, name) ? (WHYS[name] ?? '') : '';
  return {
    class: 'framing',
    label: shown,
    bytes,
    notes: [{ name: shown, value: harmless(value.toString()), why }],
  };
}
