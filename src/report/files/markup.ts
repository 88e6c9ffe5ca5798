import { markdownTable } from 'markdown-table';
import type { Sheet } from '../sheet.ts';

/** Report texts may hold anything; none of it may become markup or end a cell. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_[\]|~#]/g, '\\$&');
}

/** A sheet with its title. */
export function sheetTable({ title, columns, rows }: Sheet): string {
  const head = columns.map(({ group, name }) => escaped(group === '' ? name : `${group}: ${name}`));
  const lines = rows.map((cells) =>
    cells.map(({ text, isBest }) => (isBest ? `**${escaped(text)}**` : escaped(text))),
  );
  const table = markdownTable([head, ...lines], {
    align: columns.map(({ align }) => (align === 'left' ? 'l' : 'r')),
  });
  return title === '' ? table : `${escaped(title)}:\n\n${table}`;
}
