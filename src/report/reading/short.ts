import type { MetricKey, Report } from '../../measurements.ts';
import { metrics } from '../../stats/index.ts';
import { clusterSentences } from '../cluster/words.ts';
import { hasFaults } from '../faults/outcome.ts';
import { troubleSentences } from '../faults/page.ts';
import { figure } from '../numbers.ts';
import { isSilent, silentCpu } from '../silence.ts';
import { inProse } from '../words/labels.ts';
import { sentencesOf } from '../words/sentences.ts';
import { capital } from '../words/text.ts';

const ALONE: readonly MetricKey[] = [
  'latencyP50Ms',
  'latencyP99Ms',
  'appBytesPerMessage',
  'serverCpuPerMessageUs',
];
const ALONE_SILENT: readonly MetricKey[] = [
  silentCpu.metric,
  'appBytesPerClientMinute',
  'memoryPerClientBytes',
];

/** What a report comes to, the most telling sentence first; also where there is one transport alone. */
export function shortOf(report: Report): string[] {
  if (hasFaults(report)) return [...clusterSentences(report), ...troubleSentences(report)];
  return [...(aloneSentence(report) ?? sentencesOf(report)), ...clusterSentences(report)];
}

function aloneSentence({ summaries, scenario }: Report): string[] | undefined {
  const [only, another] = summaries;
  if (only === undefined || another !== undefined || only.validRounds === 0) return undefined;
  const told = (isSilent(scenario) ? ALONE_SILENT : ALONE).flatMap((key) => {
    const { label, unit, digits } = metrics[key];
    const estimate = only.metrics[key];
    return estimate === undefined ? [] : [`${label} ${figure(estimate.median, digits)} ${unit}`.trim()];
  });
  return [`${capital(inProse(only.transport))}: ${told.join(', ')}.`];
}
