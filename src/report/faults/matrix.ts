import type { FaultResult, Report } from '../../measurements.ts';
import { lowestOf } from '../best.ts';
import { NONE } from '../numbers.ts';
import { fits } from '../terminal/grid.ts';
import { cut, wrap } from '../words/text.ts';
import type { Look } from '../writer.ts';
import { type FaultOutcome, markedName, outcomesOf, timeOf } from './outcome.ts';
import { type Quantity, quantities } from './quantities.ts';

/** One line of a fault: what is told, and each transport's figure. */
export interface FaultLine {
  readonly name: string;
  readonly cells: readonly { readonly text: string; readonly isBest: boolean }[];
}

/** What a fault did to each transport, line by line; what nobody has a figure for is left out. */
export interface FaultGroup {
  readonly fault: string;
  readonly time: string;
  readonly lines: readonly FaultLine[];
}

type Show = (quantity: Quantity, result: FaultResult) => string;
const SHORT: Show = (quantity, result) => quantity.short(result);
const FULL: Show = (quantity, result) => quantity.full(result);

/** The transports as the head has them. */
export function namesOf(report: Report): string[] {
  return (outcomesOf(report)[0]?.transports ?? []).map(markedName);
}

/** Every fault of the scenario by transport, as every format prints it. */
export function faultGroupsOf(report: Report, show: Show = FULL): FaultGroup[] {
  return outcomesOf(report).map((outcome) => ({
    fault: outcome.fault.fault,
    time: timeOf(outcome.fault),
    lines: quantities
      .map((quantity) => lineOf(outcome, quantity, show))
      .filter(({ cells }) => cells.some(({ text }) => text !== NONE)),
  }));
}

function lineOf({ transports }: FaultOutcome, quantity: Quantity, show: Show): FaultLine {
  const texts = transports.map(({ result }) => (result === null ? NONE : show(quantity, result)));
  const best = lowestOf(
    transports.map(({ result, isDoubtful }) => (isDoubtful ? null : result && quantity.value(result))),
    texts,
  );
  const isBest = (text: string, place: number) => text === best && transports[place]?.isDoubtful === false;
  return { name: quantity.name, cells: texts.map((text, place) => ({ text, isBest: isBest(text, place) })) };
}

const FAULT_WIDTH = 16;
const NAME_WIDTH = 13;
const GAP = 1;

/** How the table is drawn: which figures, and how wide the faults' own column is, or 0 where they stand above their lines. */
interface Layout {
  readonly show: Show;
  readonly left: number;
}

/** From the widest to the narrowest. */
const LAYOUTS: readonly Layout[] = [
  { show: FULL, left: FAULT_WIDTH },
  { show: SHORT, left: FAULT_WIDTH },
  { show: SHORT, left: 0 },
];

/** The table fault × transport; with the slowest clients where there is room for them. */
export function matrixLines(report: Report, look: Look): string[] {
  const names = namesOf(report);
  if (names.length === 0) return [];
  for (const { show, left } of LAYOUTS) {
    const groups = faultGroupsOf(report, show);
    const room = Math.floor((look.columns - left - NAME_WIDTH) / names.length);
    const column = Math.max(widthOf(groups), Math.min(room, longestOf(names)));
    const head = headLines(names, left + NAME_WIDTH, column, look);
    if (column > room || !fits(head, look.columns)) continue;
    return [...head, ...groups.flatMap((group) => groupLines(group, left, column, look))];
  }
  return listLines(faultGroupsOf(report), names, look);
}

function longestOf(names: readonly string[]): number {
  return Math.max(...names.map(({ length }) => length)) + GAP + 1;
}

/** Every figure with its mark, and a gap before it. */
function widthOf(groups: readonly FaultGroup[]): number {
  const cells = groups.flatMap(({ lines }) => lines.flatMap(({ cells }) => cells));
  return Math.max(0, ...cells.map(({ text }) => text.length)) + GAP + 1;
}

/** Each name ends over its column; one that would touch its neighbour's stands a line higher. */
function headLines(names: readonly string[], left: number, width: number, { chalk }: Look): string[] {
  const lines: string[] = [];
  for (const [index, name] of names.entries()) {
    const end = left + width * (index + 1) - 1;
    const fitting = lines.findIndex((line) => line.length + GAP < end - name.length + 1);
    const place = fitting < 0 ? lines.length : fitting;
    lines[place] = (lines[place] ?? '').padEnd(end - name.length) + name;
  }
  return lines.toReversed().map((line) => chalk.dim(line));
}

function groupLines(group: FaultGroup, left: number, width: number, { chalk }: Look): string[] {
  const { fault, time, lines } = group;
  if (left === 0) {
    return [chalk.bold(`${fault} ${time}`), ...lines.map((line) => figuresOf(line, width, chalk))];
  }
  const beside = [fault, ...wrap(time, left - 2).map((line) => ` ${line}`)];
  return Array.from({ length: Math.max(beside.length, lines.length) }, (_, index) => {
    const label = cut(beside[index] ?? '', left - 1).padEnd(left);
    const line = lines[index];
    const shown = index === 0 ? chalk.bold(label) : chalk.dim(label);
    return (shown + (line === undefined ? '' : figuresOf(line, width, chalk))).trimEnd();
  });
}

function figuresOf({ name, cells }: FaultLine, width: number, chalk: Look['chalk']): string {
  const figures = cells.map(({ text, isBest }) => {
    const mark = isBest && chalk.level === 0 ? '*' : ' ';
    const shown = `${text}${mark}`.padStart(width);
    return isBest ? chalk.bold(shown) : shown;
  });
  return (name.padEnd(NAME_WIDTH) + figures.join('')).trimEnd();
}

/** Where a table has no room: fault by fault, transport by transport. */
function listLines(
  groups: readonly FaultGroup[],
  names: readonly string[],
  { columns, chalk }: Look,
): string[] {
  return groups.flatMap(({ fault, time, lines }) => [
    ...wrap(`${fault} ${time}`, columns).map((line) => chalk.bold(line)),
    ...names.flatMap((name, place) => {
      const parts = lines.map((line) => `${line.name} ${line.cells[place]?.text ?? NONE}`);
      return wrap(`${name}: ${parts.join(' · ')}`, columns - 2, ' · ').map((line) => `  ${line}`);
    }),
  ]);
}
