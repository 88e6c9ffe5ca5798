import type { MetricKey, Round } from '../../../measurements.ts';
import { metricOf, metrics } from '../../../stats/index.ts';
import { count, figure } from '../../numbers.ts';
import { sheetOf, type Told } from '../../sheet.ts';
import { nameOf } from '../../words/labels.ts';
import { counted } from '../../words/text.ts';
import { type Html, html, nothing } from '../markup.ts';
import { tableOf } from '../tables.ts';

const SPOKEN: readonly MetricKey[] = [
  'latencyP50Ms',
  'latencyP99Ms',
  'appBytesPerMessage',
  'wireBytesPerMessage',
  'requestsPerMessage',
  'serverCpuPerMessageUs',
];
const ALWAYS: readonly MetricKey[] = ['serverCpuPercent', 'memoryPerClientBytes', 'connectP50Ms'];

/** Every round in a line of its own, in the order of the file; closed until it is asked for. */
export function roundTable(rounds: readonly Round[]): Html {
  if (rounds.length === 0) return nothing;
  const keys = [...SPOKEN, ...ALWAYS].filter((key) => rounds.some((round) => metricOf(round, key) !== null));
  const sheet = sheetOf('Every round', rounds, [
    told('transport', ({ transport }) => nameOf(transport), 'left'),
    told('round', ({ round }) => String(round)),
    told('expected', ({ delivery }) => count(delivery.expected)),
    told('lost', ({ delivery }) => count(delivery.lost)),
    ...keys.map((key) => {
      const { label, unit } = metrics[key];
      return told(unit === '' ? label : `${label}, ${unit}`, (round) => figure(metricOf(round, key)));
    }),
    told('flags', flagsOf, 'left'),
  ]);
  const invalid = rounds.filter(({ valid }) => !valid).length;
  const left = invalid === 0 ? 'all of them valid' : `${invalid} of them invalid and left out of the figures`;
  return html`<details><summary>${counted(rounds.length, 'round')}, ${left}</summary>
${tableOf({
  ...sheet,
  rows: sheet.rows.map((cells, line) =>
    cells.map((cell) => ({ ...cell, isDoubtful: rounds[line]?.valid === false })),
  ),
})}</details>`;
}

function told(name: string, text: (round: Round) => string, align: 'left' | 'right' = 'right'): Told<Round> {
  return { group: '', name, rank: 1, align, text };
}

function flagsOf({ flags, valid }: Round): string {
  return [...(valid ? [] : ['invalid']), ...new Set(flags.map(({ code }) => code))].join(', ');
}
