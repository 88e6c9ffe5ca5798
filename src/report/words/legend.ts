import type { MetricKey, Report } from '../../measurements.ts';
import { medianOf } from '../../stats/index.ts';
import { rowsOf } from '../columns.ts';
import { agreementOf } from './model.ts';
import { counted } from './text.ts';

/** No difference below this is ever told, however narrow the intervals. */
const LEAST_PERCENT = 2;

/** How the table's marks are to be read, and what these rounds could have seen. */
export function legendOf(report: Report, coloured: boolean): string {
  if (report.summaries.every(({ validRounds }) => validRounds === 0)) return '';
  const best = coloured ? 'bold' : '*';
  const marks = [`${best} best of its column`, ...(report.comparisons.length > 0 ? [sameness(report)] : [])];
  if (rowsOf(report).some(({ isDoubtful }) => isDoubtful)) marks.push('? doubtful, see the notes');
  return `${marks.toReversed().join(' · ')}. ${agreementOf(report)}`.trimEnd();
}

function sameness(report: Report): string {
  const rounds = Math.max(0, ...report.summaries.map(({ validRounds }) => validRounds));
  const latency = resolution(report, 'latencyP50Ms');
  const cpu = resolution(report, 'serverCpuPerMessageUs');
  const within = `≈ within what ${counted(rounds, 'round')} can tell here`;
  if (latency === undefined || cpu === undefined) return 'no interval and no verdict below 3 rounds';
  return `${within} (±${latency}% latency, ±${cpu}% CPU)`;
}

/** Half of the typical interval's width: the smallest effect that could have been told. */
function resolution({ comparisons }: Report, metric: MetricKey): number | undefined {
  const halves = comparisons
    .filter((comparison) => comparison.metric === metric)
    .flatMap(({ ratio, low, high }) =>
      low === null || high === null || ratio <= 0 ? [] : [((high - low) / 2 / ratio) * 100],
    );
  const half = medianOf(halves);
  return half === undefined ? undefined : Math.max(LEAST_PERCENT, Math.ceil(half));
}
