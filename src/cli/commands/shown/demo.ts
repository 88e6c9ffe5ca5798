import { Command } from 'commander';
import type { DemoOptions } from '../../demo/answer.ts';
import { demoFields, forField, portField, tourField } from '../../demo/fields.ts';
import { addColorOptions } from '../../options.ts';

const EXAMPLES = `
One server with every transport on one port, a page with a lane for each of them, and controls: how often, how large,
how far away, cut the network, block WebSocket, restart the server. It runs until Ctrl-C.

Examples:
  rtbench demo --open
  rtbench demo --rate 20 --rtt 50ms
  rtbench demo --terminal --tour 6s
  rtbench demo --host 0.0.0.0       also for phones and other machines; controls need the address with the token`;

/** `rtbench demo`: a live page with every transport side by side. */
export function demoCommand(): Command {
  const command = new Command('demo')
    .description('Show every transport side by side in a browser, live')
    .option(`--${portField.usage}`, portField.help, '8765')
    .option('--host <address>', 'who can reach it: 0.0.0.0 for everybody in the network', '127.0.0.1')
    .option('--open', 'open the page in the browser')
    .option(`--${forField.usage}`, forField.help)
    .option(`--${tourField.usage}`, tourField.help)
    .option('--terminal', 'the lanes in this terminal, for those without a browser');
  addColorOptions(command).optionsGroup('What the controls begin with:');
  for (const { usage, help } of Object.values(demoFields)) command.option(`--${usage}`, help);
  return command.addHelpText('after', EXAMPLES).action(async (options: DemoOptions) => {
    const { answerDemo } = await import('../../demo/answer.ts');
    await answerDemo(options);
  });
}
