import type { Report } from '../../measurements.ts';
import { noteOf } from '../terminal/page.ts';
import { wrap } from '../words/text.ts';
import type { Look } from '../writer.ts';
import { type GateLine, gateBlocksOf, lineOf, markOf } from './words.ts';

/** What was asked and whether it holds, on a page. */
export function gateParagraphs(report: Report, look: Look): string[][] {
  const { columns, chalk } = look;
  return gateBlocksOf(report).map(({ title, lines, notes }) => [
    ...wrap(title, columns).map((line) => chalk.bold(line)),
    ...lines.flatMap((line) => drawn(line, look)),
    ...notes.flatMap((note) => noteOf(note, chalk.dim, columns)),
  ]);
}

/** The same for where no page is printed, a line each. */
export function gateLines(report: Report): string[] {
  return gateBlocksOf(report).flatMap(({ lines, notes }) => [...lines.map(lineOf), ...notes]);
}

function drawn({ passed, text }: GateLine, { columns, chalk }: Look): string[] {
  const colour = passed ? chalk.green : chalk.red;
  const [first = '', ...rest] = wrap(text, columns - 2);
  return [`${colour(markOf(passed))} ${first}`, ...rest.map((line) => `  ${line}`)];
}
