import type { Line } from './talk.ts';

/**
 * How many of the history's first lines were seen already, by the longest stretch of it that is the end of what was
 * seen; null where the two have nothing in common, and nobody knows what stood between them.
 */
export function seenOf(history: readonly Line[], seen: readonly Line[]): number | null {
  const ends = history.map((_, place) => commonEnd(history.slice(0, place + 1), seen));
  const longest = Math.max(0, ...ends);
  return longest === 0 ? null : ends.indexOf(longest) + 1;
}

function commonEnd(one: readonly Line[], other: readonly Line[]): number {
  let length = 0;
  while (isSame(one.at(-1 - length), other.at(-1 - length))) length += 1;
  return length;
}

function isSame(one: Line | undefined, other: Line | undefined): boolean {
  return one !== undefined && one.name === other?.name && one.text === other.text;
}
