import { Command } from 'commander';
import { addMeasureOptions, type MeasureOptions } from '../options.ts';

const ROUNDS = 5;

const EXAMPLES = `
Examples:
  rtbench run --transport longpoll
  rtbench run --transport ws --clients 1000 --rate 5 --duration 2s
  rtbench run --transport sse --payload 64KiB --out sse.json --out sse.md
  rtbench run --transport polling --poll-interval 250ms --json | jq .summaries`;

/** `rtbench run`: one transport, explained. */
export function runCommand(): Command {
  const command = new Command('run')
    .description('Measure one transport and explain what it does')
    .option('--transport <name>', 'which one (rtbench list transports)');
  return addMeasureOptions(command)
    .addHelpText('after', EXAMPLES)
    .action(async (options: MeasureOptions & { readonly transport?: string }) => {
      const [{ measureReport }, { chosenTransport }] = await Promise.all([
        import('../measure.ts'),
        import('../../plan/choose.ts'),
      ]);
      await measureReport([chosenTransport(options.transport)], ROUNDS, options, command);
    });
}
