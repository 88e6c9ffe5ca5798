import type { Writer } from '../writer.ts';

/** The report itself, as people can also read it. */
export const json: Writer = (report) => `${JSON.stringify(report, null, 2)}\n`;

/** One line a round, then one a summary, one a comparison and one a gate, each with its `type`. */
export const ndjson: Writer = ({ rounds, summaries, comparisons, gates }) =>
  [
    ...rounds.map((round) => ({ type: 'round', ...round })),
    ...summaries.map((summary) => ({ type: 'summary', ...summary })),
    ...comparisons.map((comparison) => ({ type: 'comparison', ...comparison })),
    ...gates.map((gate) => ({ type: 'gate', ...gate })),
  ]
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('');
