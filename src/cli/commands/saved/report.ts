import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { messageOf, RtbenchError } from '../../../errors.ts';
import type { Report } from '../../../measurements.ts';
import { expected, shown, systemReason } from '../../../plan/wording.ts';
import { addReportOptions } from '../../options.ts';
import type { OutputOptions } from '../../output.ts';

const EXAMPLES = `
Examples:
  rtbench report report.json
  rtbench report sweep.json --format csv > rounds.csv
  rtbench report report.json --out report.md`;

/** `rtbench report`: prints a saved result again, in any format. */
export function reportCommand(): Command {
  return addReportOptions(
    new Command('report').argument('<file>', 'what --out or --json of a measuring command wrote'),
  )
    .description(
      'Print a saved report, sweep, capacity, fallback or advice again, in any format, without running anything',
    )
    .addHelpText('after', EXAMPLES)
    .action(async (file: string, options: OutputOptions) => {
      const [{ openOutput }, { readSaved }, text] = await Promise.all([
        import('../../output.ts'),
        import('../../../report/index.ts'),
        readText(file, 'FILE'),
      ]);
      const output = await openOutput(
        options,
        inFile(file, () => readSaved(text)),
      );
      await output.write(undefined);
    });
}

/** Reads and checks a saved report; `argument` is what the command line calls it. */
export async function loadReport(file: string, argument: string): Promise<Report> {
  const [{ readReport }, text] = await Promise.all([
    import('../../../report/index.ts'),
    readText(file, argument),
  ]);
  return inFile(file, () => readReport(text));
}

async function readText(file: string, argument: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw expected(argument, 'a readable report', file, ` (${systemReason(error)})`);
  }
}

/** Says which file it was that could not be understood. */
function inFile<Result>(file: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw new RtbenchError('report', `${shown(file)}: ${messageOf(error)}`, { cause: error });
  }
}
