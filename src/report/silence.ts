import type { MetricKey, Report, ResolvedScenario } from '../measurements.ts';
import { count, duration, figure, plain, ratioFigures, size, spanOf } from './numbers.ts';
import { inProse } from './words/labels.ts';
import { mediansOf, standingOf } from './words/standing.ts';
import { listed } from './words/text.ts';
import type { CpuUnit } from './writer.ts';

/** What CPU is told in where there is no message to divide by. */
export const silentCpu: CpuUnit = { metric: 'serverCpuPerClientMinuteMs', unit: 'ms' };

/** Whether nothing was due in the whole run, so that clients are all that costs. */
export function isSilent({ ratePerSecond }: ResolvedScenario): boolean {
  return ratePerSecond === 0;
}

/** How often a silent client is heard from, by what each kind of transport does about it. */
export function signsOfLife({ pollIntervalMs, holdMs, heartbeatMs }: ResolvedScenario): string {
  const times = [pollIntervalMs, holdMs, heartbeatMs];
  if (times.every((ms) => ms === heartbeatMs)) return `a sign of life every ${duration(heartbeatMs)}`;
  return `polls every ${duration(pollIntervalMs)}, holds for ${duration(holdMs)}, heartbeats every ${duration(heartbeatMs)}`;
}

/** What silent clients cost, in sentences. */
export function silentSentences(report: Report): string[] {
  return [cpuSentence(report), coreSentence(report), bytesSentence(report), memorySentence(report)].filter(
    (sentence) => sentence !== undefined,
  );
}

function cpuSentence(report: Report): string | undefined {
  const standing = standingOf(report, silentCpu.metric);
  if (standing === undefined) return undefined;
  const { best, others } = standing;
  if (others.length === 0 && best.length > 1) return tiedCpuSentence(report);
  const names = listed(best.map(({ transport }) => inProse(transport)));
  const span = spanOf(best.map(({ median }) => median));
  const first = `The server spends the least CPU on silent clients by ${names} (${span} ms a minute for each)`;
  const times = others.map(({ transport, ratio }, place) => {
    const verb = place === 0 ? 'costs ' : '';
    return `${inProse(transport)} ${verb}${ratioFigures([ratio])[0]}×`;
  });
  return times.length === 0 ? `${first}.` : `${first}; ${listed(times)} as much.`;
}

function tiedCpuSentence(report: Report): string | undefined {
  const ends = extremes(report, silentCpu.metric);
  if (ends === undefined) return undefined;
  const told = ends.map(({ transport, median }) => `${figure(median, 2)} ms (${inProse(transport)})`);
  return `The server's CPU for a silent client's minute runs from ${told.join(' to ')}; these rounds do not tell any from the cheapest.`;
}

const CORE_MS_PER_MINUTE = 60_000;

/** Told with two digits: it is what the clients at hand would come to, not a load that was tried. */
function coreSentence(report: Report): string | undefined {
  const ends = extremes(report, silentCpu.metric);
  if (ends === undefined) return undefined;
  const [few = '', many = ''] = ends
    .toReversed()
    .map(
      ({ transport, median }) =>
        `${count(Number((CORE_MS_PER_MINUTE / median).toPrecision(2)))} of them by ${inProse(transport)}`,
    );
  return `One core's CPU would be spent on ${few}, or on ${many}.`;
}

function bytesSentence(report: Report): string | undefined {
  const isWired = report.summaries.some(({ metrics }) => metrics.wireBytesPerClientMinute !== undefined);
  const ends = extremes(report, isWired ? 'wireBytesPerClientMinute' : 'appBytesPerClientMinute');
  if (ends === undefined) return undefined;
  const told = ends.map(({ transport, median }) => `${size(median, 2)} by ${inProse(transport)}`);
  return `A minute of silence moves ${told.join(' and ')}.`;
}

function memorySentence(report: Report): string | undefined {
  const ends = extremes(report, 'memoryPerClientBytes');
  if (ends === undefined) return undefined;
  const told = ends.map(({ transport, median }) => `${size(median, 2)} (${inProse(transport)})`);
  const { clients } = report.scenario;
  const [, most] = ends;
  return `Memory per client runs from ${told.join(' to ')}, ${plain((most.median * clients) / 1e6, 2)} MB for all ${count(clients)}.`;
}

type Median = ReturnType<typeof mediansOf>[number];

function extremes(report: Report, metric: MetricKey): readonly [Median, Median] | undefined {
  const sorted = mediansOf(report.summaries, metric)
    .filter(({ median }) => median > 0)
    .toSorted((a, b) => a.median - b.median);
  const least = sorted[0];
  const most = sorted.at(-1);
  return least === undefined || most === undefined || least === most ? undefined : [least, most];
}
