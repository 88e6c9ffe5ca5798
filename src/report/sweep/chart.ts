import type { ChalkInstance } from 'chalk';
import { plain } from '../numbers.ts';
import { nameOf } from '../words/labels.ts';
import { wrap } from '../words/text.ts';
import type { Look } from '../writer.ts';
import { exactScale, placeOn, roundScale, type Scale } from './axes.ts';

/** One transport's figures along the varied field. */
export interface Series {
  readonly transport: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

/** A character of the picture, and whose it is; nobody's where several meet. */
interface Mark {
  readonly character: string;
  readonly owner: number | undefined;
}

const ROWS = 15;
const MOST_COLUMNS = 100;
const LEAST_COLUMNS = 20;
const LINE = '·';
const SEVERAL = '*';
const COLOURS = ['cyan', 'yellow', 'green', 'magenta', 'blue', 'red', 'white', 'gray'] as const;

/** Every series as a line of its own letter, above the values of the varied field; empty where there is nothing to draw. */
export function chartLines(series: readonly Series[], xLabel: (x: number) => string, look: Look): string[] {
  const all = series.flatMap(({ points }) => points);
  if (all.length === 0) return [];
  const x = exactScale([...new Set(all.map((point) => point.x))].toSorted((a, b) => a - b));
  const y = roundScale(all.map((point) => point.y));
  const labels = yLabels(y);
  const margin = Math.max(...labels.map((label) => label.length)) + 1;
  const columns = Math.max(LEAST_COLUMNS, Math.min(MOST_COLUMNS, look.columns) - margin - 2);
  const letters = lettersOf(series.map(({ transport }) => transport));
  const picture = draw(series, letters, { x, y }, columns);
  const paint = ({ character, owner }: Mark) =>
    owner === undefined ? character : colourOf(owner, look.chalk)(character);
  const rows = picture.map((row, index) => {
    const label = labels[index] ?? '';
    const marks = row.map((mark) => (mark === undefined ? ' ' : paint(mark)));
    return `${label.padStart(margin)} ${label === '' ? '│' : '┤'}${marks.join('')}`.trimEnd();
  });
  const isMixed = picture.flat().some((mark) => mark?.character === SEVERAL);
  return [
    ...rows,
    `${' '.repeat(margin)} └${'─'.repeat(columns)}`,
    `${' '.repeat(margin + 2)}${xLabels(x, xLabel, columns)}`.trimEnd(),
    ...legend(series, letters, isMixed, look),
  ];
}

function draw(
  series: readonly Series[],
  letters: readonly string[],
  { x, y }: { readonly x: Scale; readonly y: Scale },
  columns: number,
): (Mark | undefined)[][] {
  const picture: (Mark | undefined)[][] = Array.from({ length: ROWS }, () => new Array(columns));
  const placed = series.map(({ points }) =>
    points.map((point) => ({
      at: placeOn(x, point.x) * (columns - 1),
      up: placeOn(y, point.y) * (ROWS - 1),
    })),
  );
  const put = (at: number, up: number, mark: (old: Mark | undefined) => Mark) => {
    const row = picture[ROWS - 1 - Math.round(up)];
    if (row !== undefined) row[Math.round(at)] = mark(row[Math.round(at)]);
  };
  for (const [owner, places] of placed.entries()) {
    for (const [index, to] of places.slice(1).entries()) {
      const from = places[index] ?? to;
      for (let at = Math.ceil(from.at); at < to.at; at++) {
        const up = from.up + ((to.up - from.up) * (at - from.at)) / (to.at - from.at);
        put(at, up, () => ({ character: LINE, owner }));
      }
    }
  }
  for (const [owner, places] of placed.entries()) {
    const own: Mark = { character: letters[owner] ?? '?', owner };
    const several: Mark = { character: SEVERAL, owner: undefined };
    for (const { at, up } of places) {
      put(at, up, (old) => (old === undefined || old.character === LINE ? own : several));
    }
  }
  return picture;
}

/** The label of each row, topmost first; those that would crowd are left out. */
function yLabels(scale: Scale): string[] {
  const labels: string[] = Array.from({ length: ROWS }, () => '');
  let last = Number.NEGATIVE_INFINITY;
  for (const tick of scale.ticks) {
    const row = Math.round(placeOn(scale, tick) * (ROWS - 1));
    if (row < last + 2) continue;
    labels[ROWS - 1 - row] = plain(tick);
    last = row;
  }
  return labels;
}

function xLabels(scale: Scale, show: (x: number) => string, columns: number): string {
  let line = '';
  for (const tick of scale.ticks) {
    const text = show(tick);
    const middle = Math.round(placeOn(scale, tick) * (columns - 1));
    const start = Math.max(0, Math.min(columns - text.length, middle - Math.floor(text.length / 2)));
    if (line === '' || start > line.length + 1) line = line.padEnd(start) + text;
  }
  return line;
}

/** A letter for each name: the first of its own that nobody before it has. */
function lettersOf(names: readonly string[]): string[] {
  const letters: string[] = [];
  for (const name of names) {
    const own = [...name.toUpperCase()].filter((letter) => /[A-Z]/.test(letter));
    letters.push(own.find((letter) => !letters.includes(letter)) ?? String(letters.length));
  }
  return letters;
}

function legend(
  series: readonly Series[],
  letters: readonly string[],
  isMixed: boolean,
  { columns, chalk }: Look,
): string[] {
  const names = series.map(({ transport }, owner) => `${letters[owner]} ${nameOf(transport)}`);
  const lines = wrap([...names, ...(isMixed ? [`${SEVERAL} several`] : [])].join(' · '), columns - 2, ' · ');
  return lines.map((line) => {
    const parts = line.split(' · ').map((part) => {
      const owner = names.indexOf(part);
      return owner < 0 ? part : colourOf(owner, chalk)(part);
    });
    return `  ${parts.join(' · ')}`;
  });
}

function colourOf(owner: number, chalk: ChalkInstance): (text: string) => string {
  return chalk[COLOURS[owner % COLOURS.length] ?? 'white'];
}
