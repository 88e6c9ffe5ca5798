import type { Note } from '../../../contracts.ts';
import { harmless } from '../../transcript/printable.ts';
import { whyOf } from './fields.ts';

const HEAD_END = '\r\n\r\n';

/** The head of a request or an answer: its first line and its fields. */
export interface Head {
  readonly bytes: Buffer;
  readonly line: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** False where the connection ended in the middle of it. */
  readonly isWhole: boolean;
}

/** Reads the head that begins there, or what there is of it. */
export function readHead(bytes: Buffer, start: number): Head {
  const found = bytes.indexOf(HEAD_END, start);
  const isWhole = found >= 0;
  const end = isWhole ? found + HEAD_END.length : bytes.length;
  const text = bytes.toString('latin1', start, isWhole ? found : end);
  const [line = '', ...lines] = text.split('\r\n');
  const fields = lines.filter((one) => one !== '').map(splitField);
  return { bytes: bytes.subarray(start, end), line, fields, isWhole };
}

/** A field's value; empty where it is absent. */
export function fieldOf({ fields }: Head, name: string): string {
  return fields.find(([own]) => own.toLowerCase() === name)?.[1] ?? '';
}

/** Its first line and each field, with what those that matter are for. */
export function notesOf(head: Head, what: string, why: string): Note[] {
  const line = { name: what, value: harmless(head.line), why };
  return [
    line,
    ...head.fields.map(([name, value]) => ({
      name: harmless(name),
      value: harmless(value),
      why: whyOf(name.toLowerCase(), value),
    })),
  ];
}

function splitField(line: string): [string, string] {
  const colon = line.indexOf(':');
  return colon < 0 ? [line, ''] : [line.slice(0, colon), line.slice(colon + 1).trim()];
}
