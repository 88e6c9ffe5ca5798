import type { Estimate, FlagCode, Report, Round } from '../measurements.ts';
import { METRIC_KEYS } from '../measurements.ts';
import { COUNTS, PHASE_FIGURES, type Term } from '../plan/thresholds/threshold.ts';
import { counted } from '../report/words/text.ts';
import { estimate, metricOf, metrics } from '../stats/index.ts';
import { phaseFigureOf } from './phases.ts';

/** A figure of a report, or why there is none. */
export type Found = Known | { readonly value: null; readonly why: string };

interface Known {
  readonly value: number;
  readonly unit: string;
  /** Null where there is no interval. */
  readonly low: number | null;
  readonly high: number | null;
  /** What it was made from. */
  readonly from: string;
}

/** What an expression's term comes to: a median over valid rounds, or a sum over all of them. */
export function figureOf(report: Report, term: Term): Found {
  const rounds = report.rounds.filter(({ transport }) => transport === term.transport);
  if (rounds.length === 0) return { value: null, why: 'no round of it was finished' };
  if (term.figure === 'invalidRounds') {
    return {
      ...bare(rounds.filter(({ valid }) => !valid).length),
      from: `of ${counted(rounds.length, 'round')}`,
    };
  }
  const count = COUNTS.find((name) => name === term.figure);
  return count === undefined ? medianOf(report, term, rounds) : sumOf(report, term, rounds);
}

/** What makes a round invalid and can only have added to its times. */
const DISTURBANCES: readonly FlagCode[] = [
  'noisy-host',
  'driver-saturated',
  'witness-late',
  'generator-slipped',
  'link-late',
];

/** A time in rounds that are all invalid, but were only disturbed: without that it would have been lower, so it may pass. */
export function disturbedOf({ rounds }: Report, { transport, phase, figure }: Term): Known | undefined {
  const key = METRIC_KEYS.find((name) => name === figure);
  if (key === undefined || phase !== null || !['ms', 'µs'].includes(metrics[key].unit)) return undefined;
  const own = rounds.filter((round) => round.transport === transport);
  const codes = own.flatMap(({ flags }) => flags.filter(({ fatal }) => fatal).map(({ code }) => code));
  if (!codes.every((code) => DISTURBANCES.includes(code))) return undefined;
  const told = estimate(own.map((round) => metricOf(round, key)).filter((value) => value !== null));
  if (told === undefined) return undefined;
  const why = [...new Set(codes)].join(', ');
  const from = `in ${counted(own.length, 'round')}, all invalid (${why}), which can only have added to it`;
  return { value: told.median, unit: metrics[key].unit, low: told.low, high: told.high, from };
}

function medianOf(report: Report, term: Term, rounds: readonly Round[]): Found {
  const valid = rounds.filter((round) => round.valid);
  if (valid.length === 0) {
    return {
      value: null,
      why:
        rounds.length === 1
          ? 'its only round is invalid'
          : `all ${counted(rounds.length, 'round')} are invalid`,
    };
  }
  const told = term.phase === null ? summarized(report, term) : estimate(inPhase(report, term, valid));
  if (told === undefined) return { value: null, why: absence(report, term) };
  const { median, low, high } = told;
  const of = valid.length === rounds.length ? '' : ` of ${rounds.length}`;
  const from =
    valid.length === 1 ? `its only valid round${of}` : `the median of ${valid.length} valid rounds${of}`;
  return { value: median, unit: unitOf(term), low, high, from };
}

function sumOf(report: Report, term: Term, rounds: readonly Round[]): Found {
  const counts =
    term.phase === null
      ? rounds.map(({ delivery }) => countIn(delivery, term))
      : inPhase(report, term, rounds);
  const known = counts.filter((count) => count !== undefined);
  if (known.length === 0) return { value: null, why: 'no round has it' };
  return {
    ...bare(known.reduce((sum, count) => sum + count, 0)),
    from: `in ${counted(rounds.length, 'round')}`,
  };
}

function countIn(delivery: Round['delivery'], term: Term): number | undefined {
  const count = COUNTS.find((name) => name === term.figure);
  return count === undefined ? undefined : delivery[count];
}

function summarized({ summaries }: Report, { transport, figure }: Term): Estimate | undefined {
  const key = METRIC_KEYS.find((name) => name === figure);
  const summary = summaries.find((one) => one.transport === transport);
  return key === undefined ? undefined : summary?.metrics[key];
}

function inPhase({ scenario }: Report, { phase, figure }: Term, rounds: readonly Round[]): number[] {
  const name = PHASE_FIGURES.find((known) => known === figure);
  const place = scenario.phases.findIndex((one) => one.name === phase);
  if (name === undefined) return [];
  return rounds
    .flatMap(({ phases }) => phases[place] ?? [])
    .map((result) => phaseFigureOf(result, name))
    .filter((value) => value !== null);
}

/** Why no valid round has the figure. */
function absence({ machine }: Report, { figure }: Term): string {
  const isWire = figure.startsWith('wire') || figure.startsWith('packets');
  if (isWire && machine.isolationMissing !== null) return `no wire bytes: ${machine.isolationMissing}`;
  if (/P\d\dMs$/.test(figure)) return 'no valid round has enough samples for it, or none at all';
  return 'no valid round can tell it';
}

function unitOf({ figure }: Term): string {
  const key = METRIC_KEYS.find((name) => name === figure);
  return key === undefined ? '' : metrics[key].unit;
}

function bare(value: number): Omit<Known, 'from'> {
  return { value, unit: '', low: null, high: null };
}
