import { cut, wrap } from '../../words/text.ts';

/** Letters that a terminal gives two columns. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|[\u{20000}-\u{3fffd}]/gu;
/** Letters that stand on the one before. */
const NONE = /\p{M}/gu;

/** How many columns a terminal gives a text, which is clean. */
export function widthOf(text: string): number {
  return [...text.replace(NONE, '').replace(WIDE, '  ')].length;
}

/** A text of exactly so many columns: cut or filled up. */
export function fittedTo(text: string, columns: number): string {
  const fitting = cutTo(text, columns);
  return fitting + ' '.repeat(Math.max(0, columns - widthOf(fitting)));
}

/** A text of at most so many columns. */
export function cutTo(text: string, columns: number): string {
  if (columns < 1) return '';
  let fitting = cut(text, columns);
  for (let room = columns; widthOf(fitting) > columns; room -= 1) fitting = cut(text, room - 1);
  return fitting;
}

/** Lines of at most so many columns. */
export function wrapTo(text: string, columns: number, separator?: string): string[] {
  // Any letter may be a wide one.
  return wrap(text, widthOf(text) > [...text].length ? Math.floor(columns / 2) : columns, separator);
}
