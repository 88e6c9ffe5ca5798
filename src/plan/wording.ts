import { messageOf, RtbenchError } from '../errors.ts';

const SHOWN_CHARACTERS = 60;

/** The one sentence for a bad value: what it belongs to, what it should be, what it was, what to do. */
export function expected(subject: string, what: string, got: string, remedy = ''): RtbenchError {
  return new RtbenchError('usage', `Expected ${subject} to be ${what}, got \`${shown(got)}\`${remedy}`);
}

/** Why a file could not be used: what the system said, without its error number and the path. */
export function systemReason(error: unknown): string {
  const message = messageOf(error);
  return /^E[A-Z]+: ([^,]+)/.exec(message)?.[1] ?? message;
}

/** A value as an error line can bear it: one line, no control characters, not endless. */
export function shown(value: string): string {
  const line = oneLine(value);
  return line.length > SHOWN_CHARACTERS ? `${line.slice(0, SHOWN_CHARACTERS)}…` : line;
}

/** A text without what ends a line, or what a terminal would obey. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
}

/** ` Did you mean …?` with the candidate nearest to a mistyped word; empty where none is near. */
export function suggestion(word: string, candidates: readonly string[]): string {
  const name = nearest(word, candidates);
  return name === undefined ? '' : `. Did you mean \`${name}\`?`;
}

/** The candidate that the fewest typing mistakes lead to; undefined where all are far off. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const typed = word.toLowerCase();
  let best: string | undefined;
  let bestDistance = Math.floor(typed.length * 0.4) + 1;
  for (const candidate of candidates) {
    // Also spares the arithmetic on a word that is absurdly long.
    if (Math.abs(candidate.length - typed.length) >= bestDistance) continue;
    const distance = editDistance(typed, candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Insertions, deletions, replacements and swaps of neighbours between two words. */
function editDistance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      current[column] = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (same ? 0 : 1),
        swapped ? at(beforeLast, column - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    beforeLast = last;
    last = current;
  }
  return at(last, to.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
