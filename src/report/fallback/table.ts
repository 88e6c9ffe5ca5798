import type { Fallback } from '../../measurements.ts';
import { alignPoint } from '../numbers.ts';
import { fits, type GridCell, grid } from '../terminal/grid.ts';
import { page } from '../terminal/page.ts';
import { nameOf } from '../words/labels.ts';
import { cut, wrap } from '../words/text.ts';
import type { Look } from '../writer.ts';
import { cellsOf } from './rows.ts';
import { crossingLine, failuresOf, legendOf, mismatchTitle, placeOf, sentencesOf, workOf } from './words.ts';

/** What a person reads: each transport's ways, what failed and how, and the mismatches with what crossed. */
export function table(found: Fallback, look: Look): string {
  const { columns, chalk } = look;
  return page([
    [
      ...wrap(workOf(found).join(' · '), columns, ' · ').map((line) => chalk.bold(line)),
      ...wrap(placeOf(found).join(' · '), columns, ' · ').map((line) => chalk.dim(line)),
      ...(found.interrupted ? [chalk.yellow('Interrupted: made from the tries that were finished.')] : []),
    ],
    widestThatFits(found, look),
    sentencesOf(found).flatMap((sentence) => wrap(sentence, columns)),
    failuresOf(found).flatMap((line) => wrap(line, columns)),
    ...found.mismatches.map((one) => [
      ...wrap(mismatchTitle(one), columns).map((line) => chalk.bold(line)),
      ...one.crossed.map((crossed) => cut(crossingLine(crossed), columns)),
    ]),
    wrap(legendOf(), columns).map((line) => chalk.dim(line)),
  ]);
}

/** What goes as room shrinks. */
const DROPS = [
  [],
  ['sockets'],
  ['sockets', 'settled ms'],
  ['sockets', 'settled ms', 'bytes', 'beyond plain'],
];
const FIGURES = ['arrived', 'connect ms', 'settled ms', 'bytes', 'sockets'];

function widestThatFits(found: Fallback, look: Look): string[] {
  const drawn = DROPS.map((dropped) => draw(found, dropped, look));
  return drawn.find((lines) => fits(lines, look.columns)) ?? drawn.at(-1) ?? [];
}

function draw(found: Fallback, dropped: readonly string[], { chalk }: Look): string[] {
  const { head, lines } = cellsOf(found);
  const shown = head.map((name, place) => ({ name, place })).filter(({ name }) => !dropped.includes(name));
  const columns = shown.map(({ name, place }) => {
    const cells = lines.map((line) => line[place] ?? '');
    return { name, cells: name.endsWith(' ms') ? alignPoint(cells) : cells };
  });
  const cell = (name: string, text: string): GridCell =>
    FIGURES.includes(name) ? { text: ` ${text}` } : { text: ` ${text}`, align: 'left' };
  const rows = found.tries.map(({ transport, outcome }, index) => {
    const isFirst = found.tries[index - 1]?.transport !== transport;
    const colour = outcome === 'connected' ? chalk.green : chalk.red;
    const line = columns.map(({ name, cells }) => {
      const text = cells[index] ?? '';
      return cell(name, name === 'carried by' ? colour(text) : text);
    });
    const title: GridCell = { text: isFirst ? chalk.bold(nameOf(transport)) : '', align: 'left' };
    return [title, ...line];
  });
  return grid([[{ text: '' }, ...columns.map(({ name }) => cell(name, chalk.dim(name)))], ...rows]);
}
