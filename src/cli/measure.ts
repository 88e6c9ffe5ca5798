import type { Command } from 'commander';
import { withoutPassword } from '../applications/chat/history/url.ts';
import type { Transport } from '../contracts.ts';
import { RtbenchError } from '../errors.ts';
import { openFileLimit } from '../instrument/limits/kernel.ts';
import type { Report } from '../measurements.ts';
import { makePlan } from '../plan/make.ts';
import type { Plan } from '../plan/plan.ts';
import { formats } from '../report/index.ts';
import { interruption } from './interrupt.ts';
import { lookOf } from './look.ts';
import { type MeasureOptions, typedSettings } from './options.ts';
import { openOutput } from './output.ts';
import { print } from './print.ts';
import { showProgress } from './progress.ts';
import { loadScenario } from './scenarios.ts';

/** What `run` and `compare` have in common: plan, run, write, judge. */
export async function measure(
  transports: readonly Transport[],
  rounds: number,
  options: MeasureOptions,
  command: Command,
): Promise<void> {
  const plan = makePlan(
    {
      command: process.argv.slice(2),
      transports,
      scenario: await loadScenario(options.scenario),
      rounds,
      isolate: options.isolate,
      options: typedSettings(command),
      until: options,
    },
    { openFiles: openFileLimit() },
  );
  const output = await openOutput(options, formats);
  if (options.dryRun) return print(withoutPassword(JSON.stringify(plan, null, 2)));
  const report = await run(plan, options);
  if (report.rounds.length > 0) await output.write(report);
  judge(report, options.strict === true);
}

async function run(plan: Plan, { quiet, color }: MeasureOptions): Promise<Report> {
  const [{ runPlan }, { loadCalibration }, { describeMachine }] = await Promise.all([
    import('../run/index.ts'),
    import('../calibrate/kept.ts'),
    import('../instrument/machine.ts'),
  ]);
  const look = lookOf(process.stderr, color, process.env);
  const progress = await showProgress(process.stderr, look, quiet === true);
  try {
    const calibrated = loadCalibration(describeMachine(null, null), process.env);
    return await runPlan(plan, progress.observe, interruption(), calibrated);
  } finally {
    progress.end();
  }
}

/** Throws what decides the exit code of a run whose data are already written. */
function judge({ interrupted, failure, rounds }: Report, strict: boolean): void {
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
