import type { Writer } from '../writer.ts';

/** The report itself, as people can also read it. */
export const json: Writer = (report) => `${JSON.stringify(report, null, 2)}\n`;

/** One line a round, then one a summary and one a comparison, each with its `type`. */
export const ndjson: Writer = ({ rounds, summaries, comparisons }) =>
  [
    ...rounds.map((round) => ({ type: 'round', ...round })),
    ...summaries.map((summary) => ({ type: 'summary', ...summary })),
    ...comparisons.map((comparison) => ({ type: 'comparison', ...comparison })),
  ]
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('');
