import type { Writer } from '../writer.ts';

/** A result itself, as people can also read it. */
export function json(result: object): string {
  return `${visible(JSON.stringify(result, null, 2))}\n`;
}

/** One line for each of them. */
export function jsonLines(entries: readonly object[]): string {
  return entries.map((entry) => `${visible(JSON.stringify(entry))}\n`).join('');
}

/** One line a round, then one a summary, one a comparison and one a gate, each with its `type`. */
export const ndjson: Writer = ({ rounds, summaries, comparisons, gates }) =>
  jsonLines([
    ...rounds.map((round) => ({ type: 'round', ...round })),
    ...summaries.map((summary) => ({ type: 'summary', ...summary })),
    ...comparisons.map((comparison) => ({ type: 'comparison', ...comparison })),
    ...gates.map((gate) => ({ type: 'gate', ...gate })),
  ]);

/** The same JSON with what a terminal would obey, or nobody would see, written as numbers. */
function visible(text: string): string {
  return text.replace(/[^\P{C}\n]|[\u2028\u2029]/gu, (found) =>
    Array.from({ length: found.length }, (_, at) => unitOf(found.charCodeAt(at))).join(''),
  );
}

function unitOf(code: number): string {
  return `\\u${code.toString(16).padStart(4, '0')}`;
}
