import type { Comparison, MetricKey, Report } from '../../measurements.ts';
import { medianOf } from '../../stats/index.ts';
import { rowsOf } from '../columns.ts';
import { figure } from '../numbers.ts';
import { isSilent, silentCpu } from '../silence.ts';
import { type CpuUnit, cpuUnits } from '../writer.ts';
import { nameOf } from './labels.ts';
import { agreementOf } from './model.ts';
import { listed } from './text.ts';

/** What the unit is, where CPU is told in it. */
export const YARDSTICK = "µY a millionth of the yardstick, fixed work timed on the server's core";
/** What CPU is where nothing is said. */
const SILENT_CPU = 'CPU is what clients add to the server, less what it spends alone';
const DOUBT = 0.05;
/** Three rounds against three never pass a rank test, however far apart they lie. */
const FEWEST_RANKED = 4;

/** How the table's marks are to be read, and what these rounds could have seen. */
export function legendOf(report: Report, coloured: boolean, unit: CpuUnit = cpuUnits.us): string {
  const silent = isSilent(report.scenario);
  const cpu = silent ? silentCpu : unit;
  if (report.summaries.every(({ validRounds }) => validRounds === 0)) return '';
  const best = coloured ? 'bold' : '*';
  const marks = [
    `${best} best of its column`,
    ...(report.comparisons.length > 0 ? [sameness(report, cpu.metric)] : []),
  ];
  if (silent) marks.push(SILENT_CPU);
  if (cpu.unit === cpuUnits.yardstick.unit) marks.push(YARDSTICK);
  if (rowsOf(report).some(({ isDoubtful }) => isDoubtful)) marks.push('? doubtful, see the notes');
  return `${marks.toReversed().join(' · ')}. ${agreementOf(report)}`.trimEnd();
}

function sameness({ comparisons, summaries }: Report, cpu: MetricKey): string {
  if (comparisons.every(({ low }) => low === null)) return 'no interval and no verdict below 3 rounds';
  const told = [
    leastEffectOf(comparisons, 'latencyP50Ms', 'latency'),
    leastEffectOf(comparisons, cpu, 'CPU'),
  ].filter((effect) => effect !== undefined);
  const seen = told.length === 0 ? '' : `: changes from ${listed(told)} up would have shown in 8 of 10 tries`;
  const isJoint = comparisons.some(({ transport }) => transport !== comparisons[0]?.transport);
  const isTestable = summaries.every(({ validRounds }) => validRounds === 0 || validRounds >= FEWEST_RANKED);
  return [
    `≈ not told apart${seen}`,
    ...(isJoint && told.length > 0 ? ['the intervals of a column hold together at 95%'] : []),
    ...(isTestable ? unsupported(comparisons, cpu) : []),
  ].join(' · ');
}

/** The typical least effect of a metric's comparisons: `18% (latency)`. */
export function leastEffectOf(
  comparisons: readonly Comparison[],
  metric: MetricKey,
  name: string,
): string | undefined {
  const effects = comparisons.filter((comparison) => comparison.metric === metric);
  const effect = medianOf(effects.map(({ leastEffect }) => leastEffect).filter((share) => share !== null));
  return effect === undefined ? undefined : `${percentUp(effect)} (${name})`;
}

/** A share as a percentage of two digits, never rounded down. */
export function percentUp(share: number): string {
  const percent = share * 100;
  const step = 10 ** (Math.floor(Math.log10(percent)) - 1);
  return `${figure(Math.ceil(percent / step - 1e-6) * step, 2)}%`;
}

/** The table's verdicts that a rank test of the rounds, blocks ignored, does not share. */
function unsupported(comparisons: readonly Comparison[], cpu: MetricKey): string[] {
  const names = comparisons
    .filter(({ metric }) => metric === 'latencyP50Ms' || metric === cpu)
    .filter(({ verdict, mannWhitneyP }) => verdict !== 'indistinguishable' && (mannWhitneyP ?? 0) > DOUBT)
    .map(({ metric, transport }) => `${nameOf(transport)} ${metric === 'latencyP50Ms' ? 'p50' : 'CPU'}`);
  return names.length === 0
    ? []
    : [`seen only inside blocks (Mann–Whitney p over ${DOUBT}): ${names.join(', ')}`];
}
