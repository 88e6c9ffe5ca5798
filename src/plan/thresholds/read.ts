import { aliases, transports } from '../../transports/index.ts';
import { nearest, suggestion } from '../wording.ts';
import { refusal, type Written } from './refusal.ts';
import {
  EVERY,
  FIGURES,
  type FigureName,
  OPERATORS,
  type Operator,
  PHASE_FIGURES,
  type Term,
  type Threshold,
} from './threshold.ts';
import { unitsOf } from './units.ts';

const LONGEST = 200;

/** Every name a transport goes by, the longer ones first: `socket.io` has a dot in it. */
const NAMES = [EVERY, ...transports.map(({ name }) => name), ...Object.keys(aliases)].toSorted(
  (a, b) => b.length - a.length,
);

/** Something that was read, and where it ends. */
interface Read<Value> {
  readonly value: Value;
  readonly end: number;
}

/** Reads `websocket.latencyP99Ms>20`, `*.lost>0`, `ws.burst.latencyP99Ms>1s` or a quotient of two; refuses with a caret. */
export function readThreshold(text: string, place: string): Threshold {
  const written = { text, place };
  if (text.length > LONGEST) throw refusal(written, LONGEST, `end after ${LONGEST} characters`, text);
  const value = readTerm(written, 0);
  const slash = pastBlanks(text, value.end);
  const over = text[slash] === '/' ? readTerm(written, slash + 1) : null;
  const operator = readOperator(written, (over ?? value).end);
  const limit = readLimit(written, operator, unitsOf(value.value.figure, over !== null));
  return {
    ...{ text, place, value: value.value, over: over === null ? null : over.value },
    ...{ operator: operator.value, limit },
  };
}

function readTerm(written: Written, from: number): Read<Term> {
  const at = pastBlanks(written.text, from);
  const name = readTransport(written, at);
  const first = readName(written.text, name.end + 1);
  const hasPhase = written.text[first.end] === '.';
  const last = hasPhase ? readName(written.text, first.end + 1) : first;
  const figure = figureNamed(written, last, hasPhase);
  const transport = aliases[name.value] ?? name.value;
  return { value: { at, transport, phase: hasPhase ? first.value : null, figure }, end: last.end };
}

function readTransport(written: Written, at: number): Read<string> {
  const { text } = written;
  const found = NAMES.find((name) => text.startsWith(`${name}.`, at));
  if (found !== undefined) return { value: found, end: at + found.length };
  const word = matchAt(/[^\s./<>=!]*/y, text, at);
  if (NAMES.includes(word)) {
    const end = at + word.length;
    throw refusal(written, end, `name a metric after \`${word}\`, such as \`${word}.lost\``, text.slice(end));
  }
  const names = [...transports.map(({ name }) => name), EVERY].join(', ');
  throw refusal(
    written,
    at,
    `begin with a transport (${names}) and a dot`,
    word || text.slice(at),
    suggestion(word, NAMES),
  );
}

function readName(text: string, at: number): Read<string> {
  const value = matchAt(/[A-Za-z0-9_-]*/y, text, at);
  return { value, end: at + value.length };
}

function figureNamed(written: Written, { value, end }: Read<string>, isOfPhase: boolean): FigureName {
  const known: readonly FigureName[] = isOfPhase ? PHASE_FIGURES : FIGURES;
  const found = known.find((figure) => figure === value);
  if (found !== undefined) return found;
  const at = end - value.length;
  const before = written.text.slice(0, at).split(/[\s/]/).at(-1) ?? '';
  const near = nearest(value, known);
  const remedy =
    near !== undefined
      ? suggestion(value, known)
      : isOfPhase
        ? `. Phases have ${known.join(', ')}`
        : '; docs/gates.md lists them';
  throw refusal(written, at, `name a metric after \`${before}\``, value || written.text.slice(at), remedy);
}

function readOperator(written: Written, from: number): Read<Operator> {
  const { text } = written;
  const at = pastBlanks(text, from);
  const value = OPERATORS.find((operator) => text.startsWith(operator, at));
  if (value !== undefined) return { value, end: at + value.length };
  throw refusal(written, at, `have one of ${OPERATORS.join(' ')} here`, text.slice(at));
}

function readLimit(
  written: Written,
  { value: operator, end }: Read<Operator>,
  units: Readonly<Record<string, number>>,
): number {
  const { text } = written;
  const at = pastBlanks(text, end);
  const digits = matchAt(/[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?/y, text, at);
  if (digits === '' || !Number.isFinite(Number(digits))) {
    throw refusal(written, at, `have a number after \`${operator}\``, text.slice(at));
  }
  const unitAt = pastBlanks(text, at + digits.length);
  const unit = text.slice(unitAt).trim();
  const times = unit === '' ? 1 : Object.hasOwn(units, unit) ? units[unit] : undefined;
  if (times !== undefined) return Number(digits) * times + 0;
  const known = Object.keys(units);
  throw refusal(
    written,
    unitAt,
    `end after \`${digits}\`${known.length === 0 ? '' : `, or with a unit (${known.join(', ')})`}`,
    unit,
  );
}

function pastBlanks(text: string, at: number): number {
  return at + matchAt(/\s*/y, text, at).length;
}

/** What a sticky pattern finds at that place; empty where it finds nothing. */
function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}
