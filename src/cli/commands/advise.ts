import { Command } from 'commander';
import { addGridOptions, type GridOptions } from '../options.ts';

const EXAMPLES = `
Examples:
  rtbench advise --scenario chat
  rtbench advise --scenario ./mine.yaml --transports ws,sse,socketio
  rtbench advise --clients 500 --rate 2 --out advice.md`;

/** `rtbench advise`: which transport to take for a workload, why, and when that would change. */
export function adviseCommand(): Command {
  const command = new Command('advise')
    .description('Say which transport fits a workload, why, and when the answer would be another')
    .option('--transports <list>', 'which ones, separated by commas, or all (default: one of each family)');
  return addGridOptions(command)
    .addHelpText('after', EXAMPLES)
    .action(async (options: GridOptions & { readonly transports?: string }) => {
      const [{ measure }, { chosenTransports }, { makeAdvicePlan }, { adviceFormats, roundsOfAdvice }] =
        await Promise.all([
          import('../measure.ts'),
          import('../../plan/choose.ts'),
          import('../../advise/plan.ts'),
          import('../../report/index.ts'),
        ]);
      await measure(
        {
          formats: adviceFormats,
          plan: makeAdvicePlan,
          run: async (...args) => (await import('../../advise/index.ts')).runAdvice(...args),
          roundsOf: roundsOfAdvice,
        },
        { transports: chosenTransports(options.transports), rounds: 0 },
        options,
        command,
      );
    });
}
