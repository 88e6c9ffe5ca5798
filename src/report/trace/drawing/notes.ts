import type { Note, Part } from '../../../measurements/trace/steps.ts';
import { clean } from '../../words/text.ts';
import { bitLines, isFrameHeader } from './bits.ts';
import { widthOf, wrapTo } from './width.ts';

const INDENT = '  ';
/** A note stands on a line of its own where it is longer. */
const SHORT_NOTE = 40;
/** So short a value may stand in a text by chance. */
const SHORT_VALUE = 3;

/** What has been told already, and need not be told again. */
export type Told = Set<string>;

/** What a part's bytes say, and what that means; unless in full only what is new. */
export function noteLines(part: Part, columns: number, isFull: boolean, told: Told): string[] {
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

/** Of several lines that a head has its notes tell the rest. */
export function firstLineOf(text: string): string {
  const end = text.indexOf('\\r\\n');
  return end < 0 || end + 4 >= text.length ? text : `${text.slice(0, end)} …`;
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
export function isNew(told: Told, what: string): boolean {
  const isIt = !told.has(what);
  told.add(what);
  return isIt;
}
