import { Command } from 'commander';
import { addReportOptions } from '../../options.ts';
import type { OutputOptions } from '../../output.ts';
import { readResult } from './reading.ts';

const EXAMPLES = `
Examples:
  rtbench report report.json
  rtbench report sweep.json --format csv > rounds.csv
  rtbench report report.json --out report.md
  ssh server rtbench compare --json | rtbench report -`;

/** `rtbench report`: prints a saved result again, in any format. */
export function reportCommand(): Command {
  return addReportOptions(
    new Command('report').argument(
      '<file>',
      'what --out or --json of a measuring command wrote; - is standard input',
    ),
  )
    .description(
      'Print a saved report, sweep, capacity, fallback or advice again, in any format, without running anything',
    )
    .addHelpText('after', EXAMPLES)
    .action(async (file: string, options: OutputOptions) => {
      const [{ openOutput }, { formats }] = await Promise.all([
        import('../../output.ts'),
        readResult(file, 'FILE'),
      ]);
      const output = await openOutput(options, formats);
      await output.write(undefined);
    });
}
