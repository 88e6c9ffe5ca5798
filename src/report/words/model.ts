import type { Prediction, Report, Round } from '../../measurements.ts';
import { metricOf } from '../../stats/index.ts';
import { medianOver } from '../medians.ts';
import { figure } from '../numbers.ts';
import { nameOf } from './labels.ts';
import { listed } from './text.ts';

/** Differences below this are told as so small, whatever they are. */
const LEAST_PERCENT = 1;
/** Less than a byte in a whole window is the sum's own rounding. */
const ROUNDING_BYTES = 0.5;

/** What the closed forms say beside what was measured, medians over the rounds that have both; empty where none has. */
export function modelParts(rounds: readonly Round[]): string[] {
  const exact = rounds.every((round) => differenceOf(round) === 0);
  const bytes = pairOf(rounds, bytesOf, (round) => metricOf(round, 'appBytesPerMessage'));
  const requests = pairOf(
    rounds,
    (model) => model.requestsPerMessage,
    (round) => metricOf(round, 'requestsPerMessage'),
  );
  const latency = pairOf(
    rounds,
    (model) => model.latencyMeanMs,
    ({ latency: { meanMs } }) => meanMs,
  );
  return [
    bytes &&
      `${bytes.predicted.toFixed(1)} B a message predicted, ${bytes.measured.toFixed(1)} measured (${exact ? 'exact' : deviation(bytes)})`,
    requests && `${figure(requests.predicted)} requests, ${figure(requests.measured)}`,
    latency &&
      `mean latency ${figure(latency.predicted)} ms, ${figure(latency.measured)} (${deviation(latency)})`,
  ].filter((part) => part !== undefined);
}

/** For which transports every byte is explained, and how near the others come; empty where nothing was predicted. */
export function agreementOf({ rounds }: Report): string {
  const modelled = rounds.filter((round) => round.valid && differenceOf(round) !== undefined);
  const byTransport = [...Map.groupBy(modelled, ({ transport }) => transport)].map(([transport, own]) => ({
    name: nameOf(transport),
    difference: Math.max(...own.map((round) => differenceOf(round) ?? 0)),
  }));
  const exact = byTransport.filter(({ difference }) => difference === 0).map(({ name }) => name);
  const near = byTransport
    .filter(({ difference }) => difference > 0)
    .map(
      ({ name, difference }) => `within ${Math.max(LEAST_PERCENT, Math.ceil(difference * 100))}% for ${name}`,
    );
  if (byTransport.length === 0) return '';
  const told = [...(exact.length > 0 ? [`exactly for ${listed(exact)}`] : []), ...near];
  return `Bytes agree with the formulas ${told.join(', ')}.`;
}

interface Pair {
  readonly predicted: number;
  readonly measured: number;
}

function pairOf(
  rounds: readonly Round[],
  predictedBy: (model: Prediction) => number | null,
  measuredBy: (round: Round) => number | null,
): Pair | undefined {
  const predicted = medianOver(rounds, ({ model }) => model && predictedBy(model));
  const measured = medianOver(rounds, measuredBy);
  return predicted === undefined || measured === undefined ? undefined : { predicted, measured };
}

/** By which share a round's bytes differ, 0 where each is accounted for; undefined where none were predicted. */
function differenceOf({ model, bytes, delivery }: Round): number | undefined {
  if (model === null || model.appUpPerMessage === null || model.appDownPerMessage === null) return undefined;
  const up = bytes.appUp - model.appUpPerMessage * delivery.arrivedInWindow;
  const down = bytes.appDown - model.appDownPerMessage * delivery.arrivedInWindow;
  const difference = Math.abs(up) + Math.abs(down);
  return difference < ROUNDING_BYTES ? 0 : difference / (bytes.appUp + bytes.appDown);
}

function bytesOf({ appUpPerMessage, appDownPerMessage }: Prediction): number | null {
  return appUpPerMessage === null || appDownPerMessage === null ? null : appUpPerMessage + appDownPerMessage;
}

function deviation({ predicted, measured }: Pair): string {
  if (predicted === 0) return measured === 0 ? 'exact' : 'none predicted';
  const percent = ((measured - predicted) / predicted) * 100;
  return `${percent < 0 ? '−' : '+'}${figure(Math.abs(percent), 2)}%`;
}
