import { RtbenchError } from '../../errors.ts';
import { shown } from '../wording.ts';

/** What was written, and where. */
export interface Written {
  readonly text: string;
  readonly place: string;
}

/** More than this of an expression would break over the line, and the caret stand anywhere. */
const SHOWN_CHARACTERS = 72;
const BEFORE_CARET = 48;

/** What an expression should do, what it does instead, and the place with a caret under it. */
export function refusal(
  { text, place }: Written,
  at: number,
  what: string,
  got: string,
  remedy = '',
): RtbenchError {
  const from = Math.max(0, at - BEFORE_CARET);
  const seen = visible(text.slice(from, from + SHOWN_CHARACTERS));
  const before = [...visible(text.slice(from, at))].length;
  const found = got.trim() === '' ? 'nothing' : `\`${shown(got)}\``;
  const sentence = `Expected ${place} to ${what}, got ${found}${remedy}`;
  return new RtbenchError('usage', `${sentence}\n  ${seen}\n  ${' '.repeat(before)}^`);
}

/** Each character that a terminal would obey as one blank, so that the caret stays where it belongs. */
function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, ' ');
}
