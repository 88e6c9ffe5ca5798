import { Command, Option } from 'commander';
import { addGridOptions, collect, type GridOptions } from '../options.ts';

const ROUNDS = 3;

const EXAMPLES = `
Examples:
  rtbench sweep --vary rate=1,10,50
  rtbench sweep --vary clients=10,100,1000 --transports polling,ws --rounds 5
  rtbench sweep --vary rate=1,10,50 --vary poll-interval=100ms,1s --transports polling,longpoll
  rtbench sweep --vary payload=64,1KiB,64KiB --metric wireBytesPerMessage --out sweep.json --out sweep.md`;

interface SweepOptions extends GridOptions {
  readonly vary?: readonly string[];
  readonly metric?: readonly string[];
  readonly transports?: string;
  readonly transport?: string;
}

/** `rtbench sweep`: the same comparison at every point of a grid, and where the order changes. */
export function sweepCommand(): Command {
  const command = new Command('sweep')
    .description('Vary one or two fields of the workload: tables, a chart, where the order changes, slopes')
    .option(
      '--vary <field=values>',
      'a field by its option, and its values: clients=10,100; twice for a grid',
      collect,
    )
    .option('--transports <list>', 'which ones, separated by commas, or all (default: one of each family)')
    .addOption(new Option('--transport <name>', 'only one').conflicts('transports'))
    .option(
      '--metric <key>',
      'what to show, as the report calls it; may be repeated, the first is drawn',
      collect,
    );
  return addGridOptions(command)
    .addHelpText('after', EXAMPLES)
    .action(async (options: SweepOptions) => {
      const [{ measure }, { chosenTransport, chosenTransports }, { makeSweepPlan }, { sweepFormats }] =
        await Promise.all([
          import('../measure.ts'),
          import('../../plan/choose.ts'),
          import('../../sweep/plan.ts'),
          import('../../report/index.ts'),
        ]);
      const { vary = [], metric: metrics = [], transport } = options;
      const transports =
        transport === undefined ? chosenTransports(options.transports) : [chosenTransport(transport)];
      await measure(
        {
          formats: sweepFormats,
          plan: (request, facts) => makeSweepPlan({ ...request, vary, metrics }, facts),
          run: async (...args) => (await import('../../sweep/index.ts')).runSweep(...args),
          roundsOf: ({ points }) => points.flatMap(({ rounds }) => rounds),
        },
        { transports, rounds: ROUNDS },
        options,
        command,
      );
    });
}
