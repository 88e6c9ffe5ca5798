import { Command } from 'commander';
import type { Setting } from '../../../plan/fields/index.ts';
import { traceFaults } from '../../../trace/faults.ts';
import { addOutputOptions, addWorkloadOptions } from '../../options.ts';
import type { TraceOptions } from '../../trace/show.ts';

const EXAMPLES = `
One client talks with its server, and every byte that crosses is shown, taken apart and counted.
Where no option says otherwise a client polls every 200ms, is held for 300ms, and hears a sign of life every 500ms.

Examples:
  rtbench trace
  rtbench trace --transport longpoll --rtt 50ms
  rtbench trace --transport socketio --full
  rtbench trace --side-by-side longpoll,websocket
  rtbench trace --transport socketio --scenario chat
  rtbench trace --transport sse --fault link-cut`;

/** Where there is one client, and nothing is measured. */
const MEANINGLESS: readonly Setting[] = [
  ...([
    'clients',
    'crowd',
    'ratePerSecond',
    'arrivals',
    'durationMs',
    'phases',
    'faults',
    'warmupMs',
    'rounds',
  ] as const),
  ...(['tls', 'nodes', 'adapter', 'redis', 'redisClient', 'redisErrors'] as const),
  ...(['balancer', 'sticky', 'balancerMistake', 'roomSize', 'churnPerSecond', 'stormShare'] as const),
];

/** `rtbench trace`: the bytes that cross between one client and its server. */
export function traceCommand(): Command {
  const command = new Command('trace')
    .description(
      'Show the bytes that cross between one client and its server, each with what it is there for',
    )
    .option('--transport <name>', 'whose (default: websocket)')
    .option('--side-by-side <list>', 'two transports, whose conversations are set beside each other')
    .option('--messages <count>', 'how many, from 1 to 50', '3')
    .option('--fault <name>', `what goes wrong: ${traceFaults.join(', ')}`);
  addWorkloadOptions(command, MEANINGLESS);
  return addOutputOptions(command)
    .option('--full', 'every part of every step, not only of the first of its kind')
    .option('--quiet', 'no progress on standard error')
    .option('--dry-run', 'print the resolved plan as JSON and start nothing')
    .addHelpText('after', EXAMPLES)
    .action(async (options: TraceOptions) => {
      const { showTrace } = await import('../../trace/show.ts');
      await showTrace(options, command);
    });
}
