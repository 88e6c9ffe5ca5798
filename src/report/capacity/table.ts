import type { Capacity, CapacityStep, TransportCapacity } from '../../measurements.ts';
import { alignPoint } from '../numbers.ts';
import { fits, type GridCell, grid } from '../terminal/grid.ts';
import { page } from '../terminal/page.ts';
import { bar } from '../terminal/run/latency-bars.ts';
import { nameOf } from '../words/labels.ts';
import { wrap } from '../words/text.ts';
import type { Look } from '../writer.ts';
import { answerCells, type Cells, stepCells, stepsInOrder } from './rows.ts';
import { legendOf, markOf, placeOf, sentencesOf, workOf } from './words.ts';

/** What a person reads: each transport's steps by load, and what they come to. */
export function table(capacity: Capacity, look: Look): string {
  const { columns, chalk } = look;
  const { transports } = capacity;
  return page([
    [
      ...wrap(workOf(capacity).join(' · '), columns, ' · ').map((line) => chalk.bold(line)),
      ...wrap(placeOf(capacity).join(' · '), columns, ' · ').map((line) => chalk.dim(line)),
      ...(capacity.interrupted ? [chalk.yellow('Interrupted: made from the steps that were finished.')] : []),
    ],
    ...transports.flatMap((found) => [
      [chalk.bold(nameOf(found.transport)), ...stepLines(capacity, found, look)],
      sentencesOf(capacity, found).flatMap((sentence) => wrap(sentence, columns)),
    ]),
    transports.length < 2 ? [] : answerLines(capacity, look),
    wrap(legendOf(capacity), columns).map((line) => chalk.dim(line)),
  ]);
}

/** From long bars to none and then to fewer columns, as room shrinks. */
const DRAWINGS = [
  { bar: 24, dropped: [] },
  { bar: 12, dropped: [] },
  { bar: 0, dropped: [] },
  { bar: 0, dropped: ['driver', 'rounds', 'p50 ms'] },
] as const;

function stepLines(capacity: Capacity, found: TransportCapacity, look: Look): string[] {
  const drawn = DRAWINGS.map((drawing) => drawSteps(capacity, found, drawing, look));
  return drawn.find((lines) => fits(lines, look.columns)) ?? drawn.at(-1) ?? [];
}

function drawSteps(
  capacity: Capacity,
  found: TransportCapacity,
  { bar: room, dropped }: { readonly bar: number; readonly dropped: readonly string[] },
  { chalk }: Look,
): string[] {
  const steps = stepsInOrder(found);
  const { head, lines } = without(stepCells(capacity, steps), dropped);
  const aligned = head.map((_, place) => alignPoint(lines.map((line) => line[place] ?? '')));
  const most = Math.max(1, ...steps.map(({ deliveriesPerSecond }) => deliveriesPerSecond ?? 0));
  const colours = { pass: chalk.green, fail: chalk.red, limit: chalk.yellow };
  const ending = (step: CapacityStep): GridCell[] => {
    const colour = colours[step.verdict];
    const drawn = bar((step.deliveriesPerSecond ?? 0) / most, room).padEnd(room);
    const mark = step.value === found.answer.value ? `${markOf(step)}  ◀` : markOf(step);
    return [
      { text: ` ${colour(drawn)}`, align: 'left' },
      { text: colour(mark), align: 'left' },
    ];
  };
  return grid([
    [...head.map((name) => ({ text: ` ${chalk.dim(name)}` })), { text: '' }, { text: '' }],
    ...steps.map((step, index) => [
      ...aligned.map((cells) => ({ text: ` ${cells[index] ?? ''}` })),
      ...ending(step),
    ]),
  ]);
}

function without({ head, lines }: Cells, dropped: readonly string[]): Cells {
  const kept = (_: string, place: number) => !dropped.includes(head[place] ?? '');
  return { head: head.filter(kept), lines: lines.map((line) => line.filter(kept)) };
}

function answerLines(capacity: Capacity, { chalk }: Look): string[] {
  const { head, lines } = answerCells(capacity);
  const cell = (text: string, place: number): GridCell =>
    place === 0 || place === head.length - 1 ? { text: `${text} `, align: 'left' } : { text: ` ${text} ` };
  return grid([
    head.map((name, place) => cell(chalk.dim(name), place)),
    ...lines.map((line) => line.map((text, place) => cell(text, place))),
  ]);
}
