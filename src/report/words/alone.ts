import type { MetricKey, Report } from '../../measurements.ts';
import { duration, figure, percentage, size } from '../numbers.ts';
import { isSilent, silentCpu } from '../silence.ts';
import { type CpuUnit, cpuUnits } from '../writer.ts';
import { inProse } from './labels.ts';
import { capital, counted } from './text.ts';

/** What one transport came to, in two or three plain sentences. */
export function aloneSentences(report: Report, unit: CpuUnit = cpuUnits.us): string[] {
  const [only] = report.summaries;
  if (only === undefined || only.validRounds === 0) {
    return ['No round is valid, so nothing can be said about this workload.'];
  }
  const name = capital(inProse(only.transport));
  const of = (metric: MetricKey) => only.metrics[metric]?.median;
  const sentences = isSilent(report.scenario)
    ? [silentSentence(name, of)]
    : [latencySentence(name, of), costSentence(of, unit), deliverySentence(report)];
  return sentences.filter((sentence) => sentence !== undefined);
}

type MedianOf = (metric: MetricKey) => number | undefined;

function latencySentence(name: string, of: MedianOf): string | undefined {
  const [p50, p99] = [of('latencyP50Ms'), of('latencyP99Ms')];
  if (p50 === undefined) return undefined;
  const tail = p99 === undefined ? '' : ` and 99 of 100 within ${duration(Number(p99.toPrecision(2)))}`;
  return `${name} brought half of the messages within ${duration(Number(p50.toPrecision(2)))}${tail}.`;
}

function costSentence(of: MedianOf, { metric, unit }: CpuUnit): string | undefined {
  const cpu = of(metric);
  const wire = of('wireBytesPerMessage');
  const bytes = wire ?? of('appBytesPerMessage');
  const parts = [
    ...(cpu === undefined ? [] : [`${figure(cpu, 2)} ${unit} of the server's CPU`]),
    ...(bytes === undefined ? [] : [`${size(bytes)}${wire === undefined ? '' : ' on the wire'}`]),
  ];
  return parts.length === 0 ? undefined : `Each delivery took ${parts.join(' and ')}.`;
}

function deliverySentence({ rounds }: Report): string {
  const sum = (of: (delivery: Report['rounds'][number]['delivery']) => number) =>
    rounds.reduce((total, { delivery }) => total + of(delivery), 0);
  const [expected, lost] = [sum((delivery) => delivery.expected), sum((delivery) => delivery.lost)];
  const all = counted(expected, 'delivery').replace(/ys$/, 'ies');
  return lost === 0
    ? `All ${all} arrived.`
    : `Of ${all} ${counted(lost, 'message')} (${percentage(lost / expected)}%) never arrived.`;
}

function silentSentence(name: string, of: MedianOf): string | undefined {
  const [cpu, memory] = [of(silentCpu.metric), of('memoryPerClientBytes')];
  if (cpu === undefined && memory === undefined) return undefined;
  const parts = [
    ...(cpu === undefined ? [] : [`${figure(cpu, 2)} ms of the server's CPU a minute`]),
    ...(memory === undefined ? [] : [`${size(memory, 2)} of its memory`]),
  ];
  return `${name}: a client to whom nothing is said costs ${parts.join(' and ')}.`;
}
