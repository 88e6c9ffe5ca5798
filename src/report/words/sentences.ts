import type { MetricKey, Report } from '../../measurements.ts';
import { duration, figure, plain, ratioFigures, size, spanOf } from '../numbers.ts';
import { isSilent, silentSentences } from '../silence.ts';
import { type CpuUnit, cpuUnits } from '../writer.ts';
import { inProse, nameOf } from './labels.ts';
import { mediansOf, type Placed, type Standing, standingOf } from './standing.ts';
import { counted, listed } from './text.ts';

/** Polling is told apart once it lags the best by this much. */
const STALE_RATIO = 5;
/** More transports than this are not told one by one. */
const MOST_NAMED = 4;
/** Differences of medians below this are not worth a clause. */
const TELLING_RATIO = 1.3;

/** What the report means for its workload, in two or three plain sentences. */
export function sentencesOf(report: Report, unit: CpuUnit = cpuUnits.us): string[] {
  const measured = report.summaries.filter(({ validRounds }) => validRounds > 0);
  const [only] = measured;
  if (only === undefined) return ['No round is valid, so nothing can be said about this workload.'];
  if (measured.length === 1) {
    return [`Only ${inProse(only.transport)} has valid rounds: there is nothing to compare it with.`];
  }
  if (isSilent(report.scenario)) return silentSentences(report);
  const latency = standingOf(report, 'latencyP50Ms');
  const cpu = standingOf(report, unit.metric);
  if (latency === undefined && cpu === undefined) return untold(report);
  return [
    latency && latencySentence(latency),
    cpu && cpuSentence(cpu, unit) + memoryClause(report),
    stalenessSentence(report, latency) ?? requestSentence(report) ?? bytesSentence(report),
  ].filter((sentence) => sentence !== undefined);
}

/** Who is fastest and by how much the others are not; undefined where that cannot be told. */
export function latencyFinding(report: Report): string | undefined {
  const standing = standingOf(report, 'latencyP50Ms');
  const stale = stalenessSentence(report, standing);
  return standing && [latencySentence(standing), ...(stale === undefined ? [] : [stale])].join(' ');
}

/** Whose messages cost the server least, and how much more the others' do; undefined where that cannot be told. */
export function cpuFinding(report: Report): string | undefined {
  const standing = standingOf(report, cpuUnits.us.metric);
  return standing && `${cpuSentence(standing, cpuUnits.us)}.`;
}

/** Transports that have no figures, and why. */
export function absencesOf({ summaries, scenario }: Report): string[] {
  // What faults did is told of invalid rounds too, and marked.
  const isTold = scenario.faults.length > 0;
  return summaries
    .filter(({ rounds, validRounds }) => (isTold ? rounds : validRounds) === 0)
    .map(({ transport, rounds }) => {
      const why = rounds === 0 ? 'no round was finished' : `none of its ${counted(rounds, 'round')} is valid`;
      return `${nameOf(transport)}: ${why}, so it has no figures and no verdict.`;
    });
}

function latencySentence({ best, others }: Standing): string {
  const names = listed(best.map(prose));
  const p50 = `p50 ${span(best)} ms`;
  if (others.length === 0)
    return `For this workload ${names} are equally fast as far as can be told (${p50}).`;
  const first =
    best.length === 1 ? `${names} is fastest` : `${names} are fastest and too close to tell apart`;
  const near = others.filter((other) => !isStale(other));
  return `For this workload ${first} (${p50})${near.length === 0 ? '' : `; ${timesOf(near, 'takes')} as long`}.`;
}

function cpuSentence({ best, others }: Standing, { unit }: CpuUnit): string {
  const names = listed(best.map(prose));
  const cost = `${span(best)} ${unit} a message`;
  if (others.length === 0) return `What they cost the server's CPU cannot be told apart (${cost})`;
  return `The server spends the least CPU on ${names} (${cost}); ${timesOf(others, 'costs')} as much`;
}

function memoryClause(report: Report): string {
  const found = extremes(report, 'memoryPerClientBytes');
  if (found === undefined) return '.';
  const [least, most] = found;
  return `; memory per client runs from ${size(least.median, 2)} (${prose(least)}) to ${size(most.median, 2)} (${prose(most)}).`;
}

function stalenessSentence(report: Report, latency: Standing | undefined): string | undefined {
  const polling = latency?.others.find(isStale);
  if (polling === undefined) return undefined;
  const { transports, pollIntervalMs } = report.scenario;
  const interval = duration(transports.polling?.pollIntervalMs ?? pollIntervalMs);
  const stale = `Polling every ${interval} leaves half of the messages over ${duration(polling.median)} old`;
  const requests = medianFor(report, 'requestsPerMessage', 'polling');
  const spent = requests === undefined ? '' : `, at ${plain(requests, 2)} requests a message`;
  return `${stale}${spent}: shorten --poll-interval, or live with it.`;
}

function isStale({ transport, ratio }: Placed): boolean {
  return transport === 'polling' && ratio >= STALE_RATIO;
}

function requestSentence(report: Report): string | undefined {
  const requests = medianFor(report, 'requestsPerMessage', 'longpoll');
  const bytes = medianFor(report, 'appBytesPerMessage', 'longpoll');
  const least = extremes(report, 'appBytesPerMessage')?.[0];
  if (requests === undefined || bytes === undefined || least === undefined) return undefined;
  const noun = plain(requests, 2) === '1' ? 'request' : 'requests';
  const cost = `Long polling needs ${plain(requests, 2)} ${noun} and ${size(bytes)} a message`;
  return `${cost}, ${prose(least)} ${size(least.median)}.`;
}

function bytesSentence(report: Report): string | undefined {
  const found = extremes(report, 'appBytesPerMessage');
  if (found === undefined) return undefined;
  const [least, most] = found;
  const payload = size(report.scenario.payloadBytes);
  return `${payload} of payload take ${size(least.median)} with ${prose(least)} and ${size(most.median)} with ${prose(most)}.`;
}

function untold(report: Report): string[] {
  const few = 'Too few valid rounds to tell these transports apart: repeat with --rounds 5 or more.';
  const found = extremes(report, 'latencyP50Ms');
  if (found === undefined) return [few];
  const [least, most] = found;
  const seen = `p50 was lowest for ${prose(least)} (${figure(least.median)} ms)`;
  return [few, `As measured, ${seen} and highest for ${prose(most)} (${figure(most.median)} ms).`];
}

type Median = ReturnType<typeof mediansOf>[number];

/** The least and the most of a metric where they differ enough to be worth telling. */
function extremes({ summaries }: Report, metric: MetricKey): readonly [Median, Median] | undefined {
  const sorted = mediansOf(summaries, metric).toSorted((a, b) => a.median - b.median);
  const least = sorted[0];
  const most = sorted.at(-1);
  if (least === undefined || most === undefined) return undefined;
  return most.median >= least.median * TELLING_RATIO ? [least, most] : undefined;
}

function medianFor({ summaries }: Report, metric: MetricKey, transport: string): number | undefined {
  return mediansOf(summaries, metric).find((found) => found.transport === transport)?.median;
}

/** Every transport with its ratio, or only the two ends where that were a list too long to read. */
function timesOf(others: readonly Placed[], verb: string): string {
  const times = others.map((other) => `${ratioFigures([other.ratio])[0]}×`);
  if (others.length > MOST_NAMED) {
    const ends = [0, others.length - 1].map(
      (place) => `${times[place]} (${others.slice(place).map(prose)[0]})`,
    );
    return `the next ${others.length} ${verb.slice(0, -1)} ${ends.join(' to ')}`;
  }
  return listed(
    others.map((other, place) => `${prose(other)} ${place === 0 ? `${verb} ` : ''}${times[place]}`),
  );
}

function span(placed: readonly Placed[]): string {
  return spanOf(placed.map(({ median }) => median));
}

function prose({ transport }: { readonly transport: string }): string {
  return inProse(transport);
}
