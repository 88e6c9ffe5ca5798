import type { Sheet } from '../../sheet.ts';
import { wrap } from '../../words/text.ts';
import type { Chart } from '../chart.ts';
import type { Palette } from '../palette.ts';
import { dark, light, tintOf } from '../palette.ts';
import { FONT } from './frame.ts';
import { stillOf } from './still.ts';

/** Drawn so wide, and shown larger: so small text can still be read where the picture is small. */
const WIDTH = 720;
const SHOWN_WIDTH = 900;
const MARGIN = 20;
const TITLE = { size: 19, height: 26, characters: 58 } as const;
const SMALL = { size: 12, height: 17, characters: 106 } as const;

/** A chart with its title, what was measured, and what there is to see: one file by itself, in the reader's own light or dark. */
export function cardOf(chart: Chart, workload: string): string {
  const title = wrap(chart.title, TITLE.characters);
  const head = wrap(workload, SMALL.characters);
  const summary = wrap(chart.summary, SMALL.characters);
  const note = wrap(chart.note, SMALL.characters);
  const under = MARGIN + title.length * TITLE.height + 4;
  const top = under + head.length * SMALL.height + 12;
  const bottom = top + chart.heightPx + 18;
  const picture = stillOf(chart, light, WIDTH - 2 * MARGIN);
  const height = Math.ceil(bottom + (summary.length + note.length) * SMALL.height + MARGIN - 8);
  const shownHeight = Math.round((height * SHOWN_WIDTH) / WIDTH);
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title desc" width="${SHOWN_WIDTH}" height="${shownHeight}" viewBox="0 0 ${WIDTH} ${height}" font-family="${FONT}">`,
    `<title id="title">${escaped(chart.title)}</title>`,
    `<desc id="desc">${escaped([workload, chart.summary, ...chart.sheets.flatMap(linesOf)].join('\n'))}</desc>`,
    `<style>@media (prefers-color-scheme: dark) {${darkRules(picture)}}</style>`,
    `<rect width="${WIDTH}" height="${height}" rx="8" fill="${light.background}"/>`,
    ...linesAt(title, MARGIN + TITLE.size, { ...TITLE, fill: light.text, weight: 600 }),
    ...linesAt(head, under + SMALL.height, { ...SMALL, fill: light.faint }),
    `<g transform="translate(${MARGIN} ${top})">${picture}</g>`,
    ...linesAt(summary, bottom, { ...SMALL, fill: light.text }),
    ...linesAt(note, bottom + summary.length * SMALL.height, { ...SMALL, fill: light.faint }),
    '</svg>',
  ].join('\n')}\n`;
}

/** A sheet for who listens: each row with the names of its columns. */
function linesOf({ columns, rows }: Sheet): string[] {
  const heads = columns.map(({ group, name }) => [group, name].filter((part) => part !== '').join(' '));
  return rows.map((cells) => cells.map(({ text }, place) => `${heads[place]} ${text}`.trim()).join(', '));
}

interface Type {
  readonly size: number;
  readonly height: number;
  readonly fill: string;
  readonly weight?: number;
}

function linesAt(lines: readonly string[], y: number, { size, height, fill, weight = 400 }: Type): string[] {
  const type = `font-size="${size}" font-weight="${weight}" fill="${fill}"`;
  return lines.map(
    (line, index) => `<text x="${MARGIN}" y="${y + index * height}" ${type}>${escaped(line)}</text>`,
  );
}

/** Each colour is drawn as it is on white, and by rule becomes another where the reader prefers the dark. */
function darkRules(picture: string): string {
  const darkColours = coloursOf(dark);
  const around = [light.background, light.text, light.faint];
  return coloursOf(light)
    .map((colour, index) => {
      const other = darkColours[index] ?? colour;
      if (!around.includes(colour) && !picture.includes(`"${colour}"`)) return '';
      return `[fill="${colour}"]{fill:${other}}[stroke="${colour}"]{stroke:${other}}`;
    })
    .join('');
}

/** Everything that charts are drawn in, in the same order for each palette. */
export function coloursOf(palette: Palette): string[] {
  const { background, text, faint, line, alarm, parts, transports } = palette;
  const marks = [faint, ...Object.values(transports)];
  return [background, text, line, alarm, ...parts, ...marks, ...marks.map((one) => tintOf(one, palette))];
}

/** Foreign text inside an element. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
