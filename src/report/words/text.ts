import { stripVTControlCharacters } from 'node:util';

/** A line never breaks between a number and its unit. */
const UNIT_GAP = /(?<=\d) (?=(?:ms|s|µs|µY|B|KB|MB|msg)(?!\p{L}))/gu;
const GLUE = '\u00a0';

/** Foreign text made safe to print: no escape sequences, control or direction characters, one line. */
export function clean(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/[\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .trim();
}

/** At most so many characters, an ellipsis for what was cut. */
export function cut(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`;
}

/** The same, with numbers held to their units wherever lines are broken. */
export function glued(text: string): string {
  return text.replace(UNIT_GAP, GLUE);
}

/** Lines no longer than `width`, broken between words and, where one is too long, inside it. */
export function wrap(text: string, width: number, separator = ' '): string[] {
  const room = Math.max(8, width);
  const lines: string[] = [];
  if (text === '') return lines;
  for (const piece of glued(text)
    .split(separator)
    .flatMap((word) => slices(word, room))) {
    const last = lines.at(-1);
    const longer = last === undefined ? piece : last + separator + piece;
    if (last !== undefined && [...longer].length <= room) lines[lines.length - 1] = longer;
    else lines.push(piece);
  }
  return lines.map((line) => line.replaceAll(GLUE, ' '));
}

/** 'a', 'a and b', 'a, b and c'. */
export function listed(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** '1 round', '2 rounds'. */
export function counted(many: number, noun: string): string {
  return `${many.toLocaleString('en-US')} ${noun}${many === 1 ? '' : 's'}`;
}

/** A foreign word as a shell takes it. */
export function shellWord(word: string): string {
  const text = clean(word);
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** When something began, to the minute. */
export function minuteOf(startedAt: string): string {
  return cut(clean(startedAt), 30)
    .replace('T', ' ')
    .replace(/:\d\d\.\d+Z$/, ' UTC');
}

/** A sentence's beginning; socket.io writes itself small. */
export function capital(text: string): string {
  return text.startsWith('socket.io') ? text : text.charAt(0).toUpperCase() + text.slice(1);
}

function slices(word: string, room: number): string[] {
  if (word.length <= room) return [word];
  if (word.includes(' ')) return wrap(word, room);
  const characters = [...word];
  const many = Math.ceil(characters.length / room);
  return Array.from({ length: many }, (_, index) =>
    characters.slice(index * room, (index + 1) * room).join(''),
  );
}
