import type { Part, TraceStep } from '../../../measurements/trace/steps.ts';
import { count } from '../../numbers.ts';
import { clean } from '../../words/text.ts';
import { CLASS_MARKS } from '../classes.ts';
import { type Lane, rowOf } from './lane.ts';
import { firstLineOf, isNew, noteLines, type Told } from './notes.ts';
import { cutTo, fittedTo, widthOf, wrapTo } from './width.ts';

const INDENT = '  ';
const DEEPER = '      ';
/** From here on the class is told in a word, beside its mark. */
const ROOM_FOR_WORDS = 60;
/** Less room than this beside it, and a part's text goes under it. */
const LEAST_TEXT = 12;
const LONGEST_LABEL = 18;

/** What happens in a step and why. */
export function whyLines(lane: Lane, { why }: TraceStep, told: Told): string[] {
  if (!lane.isFull && !isNew(told, why)) return [];
  return wrapTo(clean(why), lane.inner - 3).map((line) =>
    rowOf(lane, { text: `${INDENT}${line}`, colour: lane.chalk.italic }),
  );
}

/** The parts that a step's bytes are. */
export function partsLines(lane: Lane, { parts }: TraceStep, told: Told): string[] {
  const labels = Math.min(LONGEST_LABEL, Math.max(0, ...parts.map(({ label }) => widthOf(clean(label)))));
  return parts.flatMap((part) => [
    ...partLines(lane, part, labels),
    ...noteLines(part, lane.inner - DEEPER.length - 1, lane.isFull, told).map((line) =>
      rowOf(lane, { text: `${DEEPER}${line}`, colour: lane.chalk.dim }),
    ),
  ]);
}

function partLines(lane: Lane, part: Part, labels: number): string[] {
  const { inner, isFull, chalk } = lane;
  const { glyph, colour } = CLASS_MARKS[part.class];
  const word = inner < ROOM_FOR_WORDS ? '' : `${part.class.padEnd(9)} `;
  const label = fittedTo(clean(part.label), labels);
  const head = `${INDENT}${glyph} ${word}${label} ${`${count(part.bytes)} B`.padStart(7)}  `;
  const room = inner - widthOf(head) - 1;
  const text = clean(part.text);
  const beneath = room < LEAST_TEXT || isFull;
  const beside = beneath && widthOf(text) > room ? '' : cutTo(isFull ? text : firstLineOf(text), room);
  const under =
    beside === '' ? textLines(isFull ? text : firstLineOf(text), inner - DEEPER.length - 1, isFull) : [];
  const mark = chalk[colour];
  return [
    rowOf(lane, { text: head + beside, colour: mark }),
    ...under.map((line) => rowOf(lane, { text: DEEPER + line, colour: mark })),
  ];
}

/** All of a text, or as much as one line holds. */
function textLines(text: string, columns: number, isFull: boolean): string[] {
  if (text === '') return [];
  return isFull ? wrapTo(text, columns) : [cutTo(text, columns)];
}
