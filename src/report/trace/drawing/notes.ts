import type { Note, Part, TraceStep } from '../../../measurements/trace/steps.ts';
import { count } from '../../numbers.ts';
import { clean } from '../../words/text.ts';
import { CLASS_MARKS } from '../classes.ts';
import { bitLines, isFrameHeader } from './bits.ts';
import { type Lane, rowOf } from './lane.ts';
import { cutTo, fittedTo, widthOf, wrapTo } from './width.ts';

const INDENT = '  ';
const DEEPER = '      ';
/** From here on the class is told in a word, beside its mark. */
const ROOM_FOR_WORDS = 60;
/** Less room than this beside it, and a part's text goes under it. */
const LEAST_TEXT = 12;
const LONGEST_LABEL = 18;
/** A note stands on a line of its own where it is longer. */
const SHORT_NOTE = 40;
/** So short a value may stand in a text by chance. */
const SHORT_VALUE = 3;

/** What has been told already, and need not be told again. */
export type Told = Set<string>;

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
    ...noteLines(lane, part, told).map((line) =>
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

/** Of several lines that a head has its notes tell the rest. */
function firstLineOf(text: string): string {
  const end = text.indexOf('\\r\\n');
  return end < 0 || end + 4 >= text.length ? text : `${text.slice(0, end)} …`;
}

function noteLines({ inner, isFull }: Lane, part: Part, told: Told): string[] {
  const columns = inner - DEEPER.length - 1;
  const drawn =
    isFrameHeader(part) && (isFull || isNew(told, `${part.label} of ${part.bytes}`))
      ? bitLines(part, columns)
      : [];
  const fresh = isFull ? part.notes : part.notes.flatMap((note) => freshNote(note, part, told));
  const notes = [...Map.groupBy(fresh, ({ value, why }) => `${value}\n${why}`).values()].map(joined);
  return [...drawn, ...noteRuns(notes).flatMap((run) => runLines(run, columns))];
}

/** Neighbours that are short share a line. */
function noteRuns(notes: readonly Note[]): Note[][] {
  const runs: Note[][] = [];
  for (const note of notes) {
    const last = runs.at(-1);
    if (last?.every(isShort) && isShort(note)) last.push(note);
    else runs.push([note]);
  }
  return runs;
}

function runLines(run: readonly Note[], columns: number): string[] {
  return run.length > 1
    ? wrapTo(run.map(wordsOf).join(' · '), columns, ' · ')
    : run.flatMap((note) => hanging(wordsOf(note), columns));
}

/** Lines of which all but the first are set in. */
function hanging(text: string, columns: number): string[] {
  return wrapTo(text, columns - INDENT.length).map((line, at) => (at === 0 ? line : INDENT + line));
}

/** What says the same is told in one. */
function joined(notes: readonly Note[]): Note {
  const { value = '', why = '' } = notes[0] ?? {};
  return { name: notes.map(({ name }) => name).join(', '), value, why };
}

/** A note that explains something does so once; the value may stand in the part's own text. */
function freshNote(note: Note, { text }: Part, told: Told): Note[] {
  if (!isNew(told, `${note.name}\n${note.why === '' ? note.value : note.why}`)) return [];
  const value = clean(note.value);
  const stands = value.length > SHORT_VALUE && firstLineOf(clean(text)).includes(value);
  return [stands ? { ...note, value: '' } : note];
}

function isShort({ value, why }: Note): boolean {
  return widthOf(value) + widthOf(why) <= SHORT_NOTE;
}

function wordsOf({ name, value, why }: Note): string {
  const said = [clean(name), clean(value)].filter((text) => text !== '').join(': ');
  return why === '' ? said : `${said} – ${clean(why)}`;
}

/** Whether something is told for the first time. */
function isNew(told: Told, what: string): boolean {
  const isIt = !told.has(what);
  told.add(what);
  return isIt;
}
