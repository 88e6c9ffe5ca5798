import { Command, Option } from 'commander';
import type { CapacityOptions } from '../capacity/answer.ts';
import { addMachineOptions, addOutputOptions, addWorkloadOptions } from '../options.ts';

const EXAMPLES = `
A search that the load generator or the machine ends is told as "at least", never as the capacity. Whatever ended
it, how busy the server and the clients' side were then is told beside it. A limit of the server is tried once
more with twice the driver processes.

Examples:
  rtbench capacity --transport websocket --slo 'p99<50ms' --clients 50
  rtbench capacity --transport sse --vary clients --rate 1 --slo 'p99<100ms,cpu<80%'
  rtbench capacity --transport polling --poll-interval 100ms --slo 'p99<250ms'
  rtbench capacity --transports websocket,socketio --max-time 30s --out capacity.json --out capacity.svg`;

/** `rtbench capacity`: the highest load that a transport carries within a service level. */
export function capacityCommand(): Command {
  const command = new Command('capacity')
    .description('Find the highest load that meets a service level, and say what kept it from more')
    .optionsGroup('Search:')
    .option('--transport <name>', 'which one (rtbench list transports)')
    .addOption(
      new Option(
        '--transports <list>',
        'several, one after the other, separated by commas, or all',
      ).conflicts('transport'),
    )
    .option(
      '--slo <bounds>',
      'what must hold: p50, p90, p99, p999, max, mean or cpu, such as p99<50ms,cpu<80%',
      'p99<100ms',
    )
    .option('--vary <rate|clients>', 'what is turned up, from what the workload says', 'rate')
    .option('--from <value>', 'never go below it (default: down to a sixteenth of the start)')
    .option('--to <value>', 'never go above it (default: what the machine allows)')
    .option('--max-time <time>', 'how long the search of each transport may take', '1m');
  addWorkloadOptions(command, ['rounds']);
  return addOutputOptions(addMachineOptions(command))
    .option('--quiet', 'no progress on standard error')
    .option('--dry-run', 'print the resolved plan as JSON and start nothing')
    .addHelpText('after', EXAMPLES)
    .action(async (options: CapacityOptions) => {
      const { answerCapacity } = await import('../capacity/answer.ts');
      await answerCapacity(options, command);
    });
}
