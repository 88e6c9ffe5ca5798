import { jsonText, punctuation } from '../../transcript/encoded.ts';
import { elementsOf, isString } from '../../transcript/json.ts';
import { harmless } from '../../transcript/printable.ts';
import { notUnderstood, payload, type Run } from '../../transcript/runs.ts';
import { EVENT } from '../protocol.ts';

const LONGEST_NAME = 40;
const BRACKET = 91;
const PLACEHOLDER = /^\{"_placeholder":true,"num":\d+\}$/;

/** What an event or an answer hands over: `["name",argument,…]` or `[argument,…]`. */
export function argumentRuns(bytes: Buffer, isEvent: boolean): { name: string; runs: Run[] } {
  if (bytes[0] !== BRACKET) return { name: '', runs: [...notUnderstood(bytes).runs] };
  const { elements, end } = elementsOf(bytes, 0);
  const values = elements.map(({ start, end: after }) => bytes.subarray(start, after));
  const [first] = elements;
  const begins = isEvent && first !== undefined ? first.end : 1;
  const name = isEvent ? nameOf(values[0]) : '';
  const runs: Run[] = [beginRun(bytes.subarray(0, begins), name)];
  let at = begins;
  for (const [place, { start, end: after }] of elements.entries()) {
    if (after <= begins) continue;
    runs.push(punctuation(bytes.subarray(at, start)));
    runs.push(...valueRuns(bytes.subarray(start, after), name === EVENT && place > 1));
    at = after;
  }
  runs.push(punctuation(bytes.subarray(at, end)), ...notUnderstood(bytes.subarray(end)).runs);
  return { name, runs };
}

function nameOf(value: Buffer | undefined): string {
  return value === undefined ? '' : harmless(value.toString().replace(/^"|"$/g, ''), LONGEST_NAME);
}

function beginRun(bytes: Buffer, name: string): Run {
  if (name === '') return { class: 'framing', label: 'arguments', bytes };
  const why = 'which of its listeners the other side calls';
  return { class: 'framing', label: 'event name', bytes, notes: [{ name: 'event', value: name, why }] };
}

/** Our own event hands over one message: what follows is what the server adds for clients that may come back. */
function valueRuns(value: Buffer, isOffset: boolean): Run[] {
  if (isOffset) return [{ class: 'framing', label: 'offset', bytes: value, notes: [OFFSET] }];
  if (PLACEHOLDER.test(value.toString('latin1', 0, LONGEST_NAME)))
    return [{ class: 'framing', label: 'placeholder', bytes: value, notes: [HOLDER] }];
  return isString(value) ? jsonText(value) : [payload(value, false)];
}

const OFFSET = { name: 'offset', value: '', why: 'a client that comes back says which event was its last' };
const HOLDER = { name: 'num', value: '', why: 'here stands the attachment of that number, which follows' };
