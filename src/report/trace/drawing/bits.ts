import type { Note } from '../../../measurements/trace/steps.ts';
import { clean } from '../../words/text.ts';
import { widthOf } from './width.ts';

/** Whether a note is of bits, to be drawn in a row with its neighbours. */
export function isBits({ value }: Note): boolean {
  return /^[01]+$/.test(value);
}

/** Bits in boxes, with their names under them; nothing where they have no room. */
export function bitLines(notes: readonly Note[], columns: number): string[] {
  const cells = notes.map(({ name, value }) => ({ name: clean(name), value }));
  const widths = cells.map(({ name, value }) => Math.max(widthOf(name), value.length) + 2);
  const edge = (left: string, between: string, right: string) =>
    left + widths.map((width) => '─'.repeat(width)).join(between) + right;
  const row = (texts: readonly string[]) =>
    `│${texts.map((text, at) => centred(text, widths[at] ?? 0)).join('│')}│`;
  const lines = [
    edge('┌', '┬', '┐'),
    row(cells.map(({ value }) => value)),
    row(cells.map(({ name }) => name)),
    edge('└', '┴', '┘'),
  ];
  return lines.every((line) => widthOf(line) <= columns) ? lines : [];
}

function centred(text: string, columns: number): string {
  const room = columns - widthOf(text);
  return ' '.repeat(Math.floor(room / 2)) + text + ' '.repeat(Math.ceil(room / 2));
}
