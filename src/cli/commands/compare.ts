import { Command } from 'commander';
import { addMeasureOptions, type MeasureOptions } from '../options.ts';

const ROUNDS = 5;

const EXAMPLES = `
Examples:
  rtbench compare
  rtbench compare --transports ws,sse,longpoll --clients 500
  rtbench compare --scenario notifications --out report.json
  rtbench compare --transports all --tls --strict --format markdown > table.md`;

/** `rtbench compare`: the same workload through several transports, in one table. */
export function compareCommand(): Command {
  const command = new Command('compare')
    .description('Measure several transports with the same workload, in interleaved rounds')
    .option('--transports <list>', 'which ones, separated by commas, or all (default: one of each family)');
  return addMeasureOptions(command)
    .addHelpText('after', EXAMPLES)
    .action(async (options: MeasureOptions & { readonly transports?: string }) => {
      const [{ measureReport }, { chosenTransports }] = await Promise.all([
        import('../measure.ts'),
        import('../../plan/choose.ts'),
      ]);
      await measureReport(chosenTransports(options.transports), ROUNDS, options, command);
    });
}
