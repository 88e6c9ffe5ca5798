import { alignPoint } from '../numbers.ts';
import { narrowed, type Sheet } from '../sheet.ts';
import { wrap } from '../words/text.ts';
import type { Look } from '../writer.ts';
import { fits, type GridCell, grid } from './grid.ts';

/** A sheet as wide as there is room, the least important columns left out first; nothing where it has no rows. */
export function sheetLines(sheet: Sheet, look: Look): string[] {
  if (sheet.rows.length === 0) return [];
  const ranks = [...new Set(sheet.columns.map(({ rank }) => rank))].toSorted((a, b) => b - a);
  const drawn = ranks.map((rank) => () => drawnLines(narrowed(sheet, rank), look));
  const widest = drawn.find((draw) => fits(draw(), look.columns)) ?? drawn.at(-1);
  const title = sheet.title === '' ? [] : wrap(sheet.title, look.columns);
  return [...title.map((line) => look.chalk.bold(line)), ...(widest?.() ?? [])];
}

function drawnLines({ columns, rows }: Sheet, { chalk }: Look): string[] {
  const cells = columns.map(({ align }, place) => {
    const texts = rows.map((row) => row[place]?.text ?? '');
    const aligned = align === 'right' ? alignPoint(texts) : texts;
    return aligned.map((text, row): GridCell => {
      const isBest = rows[row]?.[place]?.isBest === true;
      const mark = isBest && chalk.level === 0 ? '*' : ' ';
      if (align === 'left') return { text: `${text.trimEnd()}${mark}`, align };
      const shown = `${text.trimEnd()}${mark}`.padEnd(text.length + 1);
      return { text: isBest ? chalk.bold(shown) : shown };
    });
  });
  const names = columns.map(({ name, align }): GridCell => ({ text: chalk.dim(`${name} `), align }));
  const groups = columns.some(({ group }) => group !== '') ? [groupsOf(columns)] : [];
  return grid([
    ...groups,
    names,
    ...rows.map((_, row) => cells.map((column) => column[row] ?? { text: '' })),
  ]);
}

function groupsOf(columns: Sheet['columns']): GridCell[] {
  const groups: { text: string; span: number }[] = [];
  for (const { group } of columns) {
    const last = groups.at(-1);
    if (last !== undefined && last.text === group && group !== '') last.span += 1;
    else groups.push({ text: group, span: 1 });
  }
  return groups.map(({ text, span }) => ({ text: `${text} `, span }));
}
