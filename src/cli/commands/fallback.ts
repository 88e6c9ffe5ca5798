import { Command } from 'commander';
import type { FallbackOptions } from '../fallback/answer.ts';
import { addOutputOptions } from '../options.ts';

const EXAMPLES = `
Each transport connects over a plain way and behind three that block WebSocket, on this machine; then clients knock at
servers that speak another protocol, and what crosses is shown.

Examples:
  rtbench fallback
  rtbench fallback --transports websocket,socketio --patience 25s
  rtbench fallback --out fallback.json --format markdown`;

/** `rtbench fallback`: which transports get through where WebSocket is blocked on the way. */
export function fallbackCommand(): Command {
  const command = new Command('fallback')
    .description('Find out which transports get through where WebSocket is blocked, and what that costs')
    .option('--transports <list>', 'which ones, separated by commas', 'all')
    .option('--patience <time>', 'how long a client may take to connect, and then to settle', '5s');
  return addOutputOptions(command)
    .option('--quiet', 'no progress on standard error')
    .option('--dry-run', 'print the resolved plan as JSON and start nothing')
    .addHelpText('after', EXAMPLES)
    .action(async (options: FallbackOptions) => {
      const { answerFallback } = await import('../fallback/answer.ts');
      await answerFallback(options);
    });
}
