import { Command } from 'commander';
import { type GateOptions, gatingFor, isGated } from '../../gates/gating.ts';
import { addGateOptions, addReportOptions } from '../../options.ts';
import type { OutputOptions } from '../../output.ts';
import { loadReport, loadSaved } from './load.ts';

const EXAMPLES = `
Examples:
  rtbench report report.json
  rtbench report sweep.json --format csv > rounds.csv
  rtbench report report.json --out report.md
  ssh server rtbench compare --json | rtbench report -
  rtbench report report.json --fail-if '*.lost>0' --baseline main.json`;

type Options = OutputOptions & GateOptions;

/** `rtbench report`: prints a saved result again, in any format. */
export function reportCommand(): Command {
  const command = new Command('report').argument(
    '<file>',
    'what --out or --json of a measuring command wrote; - is standard input',
  );
  return addGateOptions(addReportOptions(command))
    .description(
      'Print a saved report, sweep, capacity, fallback, advice or trace again, in any format, without running anything',
    )
    .option('--full', 'of a trace every part of every step')
    .addHelpText('after', EXAMPLES)
    .action((file: string, options: Options) =>
      isGated(options) ? judgeAgain(file, options) : printAgain(file, options),
    );
}

async function printAgain(file: string, options: Options): Promise<void> {
  const [{ openOutput }, { formats }] = await Promise.all([
    import('../../output.ts'),
    loadSaved(file, 'FILE'),
  ]);
  const output = await openOutput(options, formats);
  await output.write(undefined);
}

/** Only what `run` and `compare` wrote can be judged. */
async function judgeAgain(file: string, options: Options): Promise<void> {
  const [{ openOutput }, { formats }, { measuredBy }, { plannedThresholds }] = await Promise.all([
    import('../../output.ts'),
    import('../../../report/index.ts'),
    import('../../../plan/make.ts'),
    import('../../../plan/thresholds/check.ts'),
  ]);
  const report = await loadReport(file, 'FILE');
  const { scenario } = report;
  const transports = report.summaries.map(({ transport }) => transport);
  const thresholds = plannedThresholds(options.failIf ?? [], [], measuredBy(transports, scenario));
  const gating = await gatingFor(options, { transports, scenario, thresholds });
  const output = await openOutput(options, formats);
  const judged = gating.judged(report);
  await output.write(judged);
  gating.tell(judged);
  gating.conclude(judged);
}
