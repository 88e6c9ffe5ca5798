import type { Writer } from '../writer.ts';

/** A result itself, as people can also read it. */
export function json(result: object): string {
  return `${JSON.stringify(result, null, 2)}\n`;
}

/** One line for each of them. */
export function jsonLines(entries: readonly object[]): string {
  return entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
}

/** One line a round, then one a summary and one a comparison, each with its `type`. */
export const ndjson: Writer = ({ rounds, summaries, comparisons }) =>
  jsonLines([
    ...rounds.map((round) => ({ type: 'round', ...round })),
    ...summaries.map((summary) => ({ type: 'summary', ...summary })),
    ...comparisons.map((comparison) => ({ type: 'comparison', ...comparison })),
  ]);
