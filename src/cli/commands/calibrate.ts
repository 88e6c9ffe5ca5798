import { Command } from 'commander';
import type { Card } from '../../calibrate/index.ts';
import { RtbenchError } from '../../errors.ts';
import { expected, suggestion } from '../../plan/wording.ts';
import { addColorOptions } from '../options.ts';

const EXAMPLES = `
Exits 0 when every check that can be made here passed, and 1 with a line for each that failed.
The card is kept, and reports of this machine tell of it from then on.

Examples:
  rtbench calibrate --quick             about a minute
  rtbench calibrate                     some five minutes, with more rounds behind each figure
  rtbench calibrate --only delay,stall  some of the checks; nothing is kept

Checks: delay, stall, bytes, conservation, client-stall, cpu-memory, sameness, generator, crowd, drift`;

interface CalibrateOptions {
  readonly quick?: boolean;
  readonly only?: string;
  readonly json?: boolean;
  readonly color?: boolean;
}

/** `rtbench calibrate`: whether the instrument can be believed, shown by real trouble of known size. */
export function calibrateCommand(): Command {
  return addColorOptions(new Command('calibrate'))
    .description(
      'Prove the instrument on this machine: known delays, stalls, losses and loads must be read as such',
    )
    .option('--quick', 'fewer and shorter rounds')
    .option('--only <names>', 'some of the checks, separated by commas')
    .option('--json', 'the card as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (options: CalibrateOptions) => {
      const card = await makeCard(options);
      const [{ print, complain }, { lookOf }, { cardPage }] = await Promise.all([
        import('../print.ts'),
        import('../look.ts'),
        import('../../calibrate/card.ts'),
      ]);
      const look = lookOf(process.stdout, options.color, process.env);
      await print(options.json ? JSON.stringify(card, null, 2) : cardPage(card, look));
      if (options.only === undefined) await keep(card);
      const failed = card.outcomes.filter(({ state }) => state === 'failed');
      for (const { name, faults } of failed) complain(`${name}: ${faults.join('; ')}`);
      if (failed.length > 0) process.exitCode = 1;
    });
}

async function makeCard({ quick = false, only: list, color }: CalibrateOptions): Promise<Card> {
  const [{ calibrate, checkNames }, { interruption }, { lookOf }, { showCalibration }] = await Promise.all([
    import('../../calibrate/index.ts'),
    import('../interrupt.ts'),
    import('../look.ts'),
    import('../calibration-progress.ts'),
  ]);
  const only = list === undefined ? null : chosen(list, checkNames);
  const signal = interruption();
  const progress = await showCalibration(process.stderr, lookOf(process.stderr, color, process.env));
  try {
    return await calibrate({ quick, only }, progress.observe, signal);
  } catch (error) {
    if (signal.aborted)
      throw new RtbenchError('interrupted', 'Interrupted; nothing is kept', { cause: error });
    throw error;
  } finally {
    progress.end();
  }
}

function chosen(list: string, names: readonly string[]): string[] {
  return list.split(',').map((part) => {
    const name = part.trim();
    if (!names.includes(name)) {
      throw expected('--only', `some of ${names.join(', ')}`, name, suggestion(name, names));
    }
    return name;
  });
}

async function keep(card: Card): Promise<void> {
  const [{ calibrationFile, keepCalibration }, { summaryOf }] = await Promise.all([
    import('../../calibrate/kept.ts'),
    import('../../calibrate/card.ts'),
  ]);
  const why = keepCalibration(summaryOf(card), card, process.env);
  const file = calibrationFile(process.env);
  process.stderr.write(why === null ? `Kept in ${file}\n` : `Could not keep it in ${file}: ${why}\n`);
}
