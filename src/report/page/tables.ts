import { alignPoint } from '../numbers.ts';
import type { SheetCell, SheetColumn } from '../sheet.ts';
import { type Html, html, nothing, type Part } from './markup.ts';

/** A table of a page; a sheet is one, and it may have units and second lines beside. */
export interface Table {
  /** What it shows, for who hears it before the cells; also printed over it where `isTitled`. */
  readonly title: string;
  readonly columns: readonly (Pick<SheetColumn, 'group' | 'name' | 'align'> & { readonly unit?: string })[];
  readonly rows: readonly (readonly TableCell[])[];
  /** Heads of so many rows each, in turn; the rows have none if absent. */
  readonly heads?: readonly { readonly text: string; readonly many: number }[];
}

/** A cell, with what stands small under it, and whether its row is doubtful. */
export interface TableCell extends SheetCell {
  readonly note?: string;
  readonly isDoubtful?: boolean;
}

const DIGIT_GAP = '\u2007';
const POINT_GAP = '\u2008';
const SPOKEN: Readonly<Record<string, string>> = { '▲': 'higher', '▼': 'lower' };

/** A table that scrolls in a box of its own where it is wider than the page; the first column names its rows. */
export function tableOf(
  { title, columns, rows, heads }: Table,
  caption: 'shown' | 'spoken' = 'spoken',
): Html {
  if (rows.length === 0) return nothing;
  const texts = columns.map(({ align }, place) => {
    const column = rows.map((row) => row[place]?.text ?? '');
    return align === 'right' ? onPoint(column) : column;
  });
  const name = title === '' ? 'Table' : title;
  const lines = rows.map((row, line) => rowOf(row, columns, (place) => texts[place]?.[line] ?? ''));
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${name}"><table>
<caption${caption === 'spoken' ? { html: ' class="spoken"' } : nothing}>${name}</caption>
<thead>${headOf(columns)}</thead>
${heads === undefined ? html`<tbody>${lines}</tbody>` : groupsOfLines(lines, heads, columns.length)}
</table></div>
`;
}

/** A table of plain texts: figures from the second column on, but for the named columns of words. */
export function cellsTable(
  title: string,
  head: readonly string[],
  lines: readonly (readonly string[])[],
  words: readonly string[] = [],
): Table {
  return {
    title,
    columns: head.map((name, place) => ({
      ...{ group: '', name },
      align: place === 0 || words.includes(name) ? 'left' : 'right',
    })),
    rows: lines.map((cells) => cells.map((text) => ({ text, isBest: false }))),
  };
}

function groupsOfLines(lines: readonly Html[], heads: NonNullable<Table['heads']>, width: number): Html[] {
  let from = 0;
  return heads.map(({ text, many }) => {
    const own = lines.slice(from, from + many);
    from += many;
    return html`<tbody><tr class="head"><th scope="rowgroup" colspan="${width}">${text}</th></tr>
${own}</tbody>`;
  });
}

function headOf(columns: Table['columns']): Part {
  const names = columns.map(
    ({ name, unit = '', align }) =>
      html`<th scope="col" class="${align}">${name}${unit === '' ? '' : html` <small>${unit}</small>`}</th>`,
  );
  if (columns.every(({ group }) => group === '')) return html`<tr>${names}</tr>`;
  const groups = groupsOf(columns).map(({ group, span }) =>
    group === ''
      ? html`<td colspan="${span}"></td>`
      : html`<th scope="colgroup" colspan="${span}"><span>${group}</span></th>`,
  );
  return html`<tr class="groups">${groups}</tr><tr>${names}</tr>`;
}

function rowOf(
  row: readonly TableCell[],
  columns: Table['columns'],
  textAt: (place: number) => string,
): Html {
  const isDoubtful = row.some((cell) => cell.isDoubtful === true);
  const cells = row.map(({ isBest, note = '' }, place) => {
    const text = marked(textAt(place));
    const under = note === '' ? nothing : html`<small>${note}</small>`;
    if (place === 0) return html`<th scope="row">${text}${under}</th>`;
    const align = columns[place]?.align ?? 'left';
    return isBest
      ? html`<td class="${align} best"><b>${text}</b>${under}</td>`
      : html`<td class="${align}">${text}${under}</td>`;
  });
  return html`<tr${isDoubtful ? { html: ' class="doubtful"' } : nothing}>${cells}</tr>
`;
}

/** Arrows are said in words to who cannot see them. */
function marked(text: string): Part {
  return text.split(/([▲▼])/).map((piece) => {
    const word = SPOKEN[piece];
    if (word === undefined) return piece;
    return html`<span class="${word}" aria-hidden="true">${piece}</span><span class="spoken"> ${word}</span>`;
  });
}

/** What stands on its decimal point; spans, words and figures with units do not. */
const PLAIN = /^(?:[<>≥×]?-?[\d,.]+(?: [▲▼])?|–|≈|)$/;

/** Figures whose decimal points stand under each other, filled with gaps as wide as what is missing. */
function onPoint(texts: readonly string[]): readonly string[] {
  if (!texts.every((text) => PLAIN.test(text))) return texts;
  return alignPoint(texts).map((text) => {
    const shown = text.trimEnd();
    const missing = text.length - shown.length;
    const gaps = shown.includes('.') ? '' : POINT_GAP;
    return shown.trimStart() + (missing === 0 ? '' : gaps + DIGIT_GAP.repeat(missing - gaps.length));
  });
}

function groupsOf(columns: Table['columns']): { readonly group: string; readonly span: number }[] {
  const groups: { group: string; span: number }[] = [];
  for (const { group } of columns) {
    const last = groups.at(-1);
    if (last?.group === group) last.span += 1;
    else groups.push({ group, span: 1 });
  }
  return groups;
}
