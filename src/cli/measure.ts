import type { Command } from 'commander';
import { withoutPassword } from '../applications/chat/history/url.ts';
import type { Transport } from '../contracts.ts';
import { RtbenchError } from '../errors.ts';
import { openFileLimit } from '../instrument/limits/kernel.ts';
import type { Head, Report, Round } from '../measurements.ts';
import type { Facts } from '../plan/limits/open-files.ts';
import { makePlan, type Request } from '../plan/make.ts';
import type { Plan } from '../plan/plan.ts';
import { type Formats, formats } from '../report/index.ts';
import type { Calibrated } from '../run/session.ts';
import { loadScenario } from '../scenarios.ts';
import { gatingFor } from './gates/gating.ts';
import { interruption } from './interrupt.ts';
import { lookOf } from './look.ts';
import { type GridOptions, type MeasureOptions, typedSettings } from './options.ts';
import { openOutput } from './output.ts';
import { print } from './print.ts';
import { type Progress, showProgress } from './progress.ts';

/** What one measuring command does otherwise than another. */
export interface Measurement<Planned, Result extends Head> {
  readonly formats: Formats<Result>;
  plan(request: Request, facts: Facts): Planned;
  run(
    plan: Planned,
    observe: Progress['observe'],
    signal: AbortSignal,
    calibrated: Calibrated,
  ): Promise<Result>;
  roundsOf(result: Result): readonly Round[];
  /** What must hold of the result, made ready before anything runs; absent where nothing is judged. */
  gates?(plan: Planned): Promise<Gates<Result>>;
}

/** How a result is judged. */
interface Gates<Result> {
  judged(result: Result): Result;
  tell(result: Result): void;
  conclude(result: Result): void;
}

/** What `run` and `compare` do: one scenario, told as a report. */
export function measureReport(
  transports: readonly Transport[],
  rounds: number,
  options: MeasureOptions,
  command: Command,
): Promise<void> {
  const measurement: Measurement<Plan, Report> = {
    formats,
    plan: (request, facts) =>
      makePlan({ ...request, profile: options.profile, until: options, failIf: options.failIf ?? [] }, facts),
    run: async (...args) => (await import('../run/index.ts')).runPlan(...args),
    roundsOf: (report) => report.rounds,
    gates: (plan) => gatingFor(options, plan),
  };
  return measure(measurement, { transports, rounds }, options, command);
}

/** What all measuring commands have in common: plan, run, write, judge. */
export async function measure<Planned, Result extends Head>(
  measurement: Measurement<Planned, Result>,
  what: Pick<Request, 'transports' | 'rounds'>,
  options: GridOptions,
  command: Command,
): Promise<void> {
  const request: Request = {
    ...what,
    command: process.argv.slice(2),
    scenario: await loadScenario(options.scenario),
    isolate: options.isolate,
    options: typedSettings(command),
  };
  const plan = measurement.plan(request, { openFiles: openFileLimit() });
  const gates = await measurement.gates?.(plan);
  const output = await openOutput(options, measurement.formats);
  if (options.dryRun) return print(withoutPassword(JSON.stringify(plan, null, 2)));
  const measured = await observed(options, (...around) => measurement.run(plan, ...around));
  const result = gates?.judged(measured) ?? measured;
  const rounds = measurement.roundsOf(result);
  if (rounds.length > 0) {
    await output.write(result);
    gates?.tell(result);
  }
  judge(result, rounds, options.strict === true);
  gates?.conclude(result);
}

/** Measures with progress, an ear for Ctrl-C, and what is known of the instrument. */
async function observed<Result>(
  { quiet, color }: GridOptions,
  use: (observe: Progress['observe'], signal: AbortSignal, calibrated: Calibrated) => Promise<Result>,
): Promise<Result> {
  const { calibratedHere } = await import('../calibrate/kept.ts');
  const look = lookOf(process.stderr, color, process.env);
  const progress = await showProgress(process.stderr, look, quiet === true);
  try {
    return await use(progress.observe, interruption(), calibratedHere(process.env));
  } finally {
    progress.end();
  }
}

/** Throws what decides the exit code of a run whose data are already written. */
function judge({ interrupted, failure }: Head, rounds: readonly Round[], strict: boolean): void {
  if (failure !== null) throw new RtbenchError('child', failure);
  if (interrupted) {
    const kept = rounds.length === 1 ? '1 finished round is' : `${rounds.length} finished rounds are`;
    throw new RtbenchError('interrupted', rounds.length === 0 ? 'Interrupted' : `Interrupted; ${kept} kept`);
  }
  const invalid = rounds.filter(({ valid }) => !valid).length;
  if (strict && invalid > 0) {
    throw new RtbenchError('invalid', `${invalid} of ${rounds.length} rounds are invalid (--strict)`);
  }
}
