import type { Phase } from '../../measurements.ts';
import { readDecimal, readDuration } from '../units.ts';
import { type Reading, ranged } from './field.ts';

/** A rate up to this can be asked of a client. */
export const MAX_RATE = 10_000;
/** A window is as long as this at the least and at the most, whatever it is made of. */
export const WINDOW_MS = { least: 100, most: 3_600_000 };
/** More phases than this are a schedule that nobody reads. */
export const MOST_PHASES = 20;

const rate = ranged(`a number of messages per second from 0 to ${MAX_RATE}`, readDecimal, 0, MAX_RATE);

/** The name of a scenario or of a phase. */
export const shortName = {
  expected: 'a short name of lower-case letters, digits and dashes',
  pattern: /^[a-z][a-z0-9-]{0,40}$/,
};

/** What a phase is made of in a file, beside its name. */
export const phaseParts = {
  for: ranged('a time from 1ms to 1h, such as 500ms or 2s', readDuration, 1, WINDOW_MS.most),
  rate,
  from: rate,
  to: rate,
};

/** Phases in one line, as the command line has them: `steady 2s 20, ramp 1s 1..50`. */
export const phasesReading: Reading<readonly Phase[]> = {
  expected:
    `none, or up to ${MOST_PHASES} phases of 100ms to 1h in all, each a NAME of its own, a TIME, and a RATE or FROM..TO,` +
    ' such as `steady 2s 20, ramp 1s 1..50`',
  read(text) {
    if (text === 'none') return [];
    const phases = text.split(',').map((part) => readPhase(part.trim()));
    const known = phases.filter((phase) => phase !== undefined);
    const names = new Set(known.map(({ name }) => name));
    const durationMs = durationOf(known);
    const isGood =
      names.size === phases.length &&
      phases.length <= MOST_PHASES &&
      durationMs >= WINDOW_MS.least &&
      durationMs <= WINDOW_MS.most;
    return isGood ? known : undefined;
  },
};

function readPhase(text: string): Phase | undefined {
  const [name = '', time = '', pace = '', ...rest] = text.split(/\s+/);
  const [from = '', to = from, ...more] = pace.split('..');
  const durationMs = phaseParts.for.read(time);
  const [fromPerSecond, toPerSecond] = [rate.read(from), rate.read(to)];
  if (!shortName.pattern.test(name) || rest.length + more.length > 0) return undefined;
  if (durationMs === undefined || fromPerSecond === undefined || toPerSecond === undefined) return undefined;
  return { name, durationMs, fromPerSecond, toPerSecond };
}

/** How long they take together. */
export function durationOf(phases: readonly Phase[]): number {
  return phases.reduce((sum, { durationMs }) => sum + durationMs, 0);
}

/** How many messages each client is due in a phase. */
export function messagesIn({ durationMs, fromPerSecond, toPerSecond }: Phase): number {
  return (durationMs * (fromPerSecond + toPerSecond)) / 2000;
}

/** The rate that makes as many messages in the same time. */
export function meanRateOf(phases: readonly Phase[]): number {
  return (phases.reduce((sum, phase) => sum + messagesIn(phase), 0) * 1000) / durationOf(phases);
}

/** The highest rate that a scenario comes to. */
export function peakRateOf({
  ratePerSecond,
  phases,
}: {
  readonly ratePerSecond: number;
  readonly phases: readonly Phase[];
}): number {
  return Math.max(ratePerSecond, ...phases.flatMap((phase) => [phase.fromPerSecond, phase.toPerSecond]));
}
