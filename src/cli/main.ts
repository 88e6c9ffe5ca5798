import { Command, CommanderError } from 'commander';
import { type ErrorCode, messageOf, RtbenchError } from '../errors.ts';
import { rtbenchVersion } from '../instrument/machine.ts';
import { adviseCommand } from './commands/advise.ts';
import { calibrateCommand } from './commands/calibrate.ts';
import { capacityCommand } from './commands/capacity.ts';
import { compareCommand } from './commands/compare.ts';
import { completionCommand } from './commands/completion.ts';
import { doctorCommand } from './commands/doctor.ts';
import { fallbackCommand } from './commands/fallback.ts';
import { listCommand } from './commands/list.ts';
import { runCommand } from './commands/run.ts';
import { diffCommand } from './commands/saved/diff.ts';
import { publishCommand } from './commands/saved/publish.ts';
import { reportCommand } from './commands/saved/report.ts';
import { demoCommand } from './commands/shown/demo.ts';
import { traceCommand } from './commands/shown/trace.ts';
import { sweepCommand } from './commands/sweep.ts';
import { endWhenInterrupted, INTERRUPTED } from './interrupt.ts';
import { complain, print } from './print.ts';

const EXIT_CODES: Partial<Record<ErrorCode, number>> = {
  usage: 2,
  report: 2,
  invalid: 3,
  gate: 99,
  interrupted: INTERRUPTED,
};

const EXAMPLES = `
Examples:
  rtbench compare                        one transport of each family, about a minute
  rtbench run --transport longpoll       one transport, explained
  rtbench advise --scenario chat         which transport fits a workload, and why
  rtbench capacity --transport ws        how much it carries before p99 reaches 100 ms
  rtbench fallback                       who gets through where WebSocket is blocked
  rtbench trace --transport longpoll     the bytes that cross, each with what it is there for
  rtbench demo --open                    every transport side by side in a browser, live
  rtbench doctor                         what this machine can and cannot measure
  rtbench calibrate                      whether the figures made here can be believed`;

/** What a manual would say, and no single command does. */
const MANUAL = `
Data go to standard output; progress, notes and errors to standard error.

Exit codes:
  0    done
  1    the run failed, or a check of calibrate
  2    a wrong option, value, scenario or file, which the message names
  3    a round is invalid, under --strict
  99   a gate failed
  130  ended by Ctrl-C or SIGTERM; rounds that were finished are written

Environment:
  NO_COLOR        no color, where neither FORCE_COLOR nor an option says otherwise
  FORCE_COLOR     color also where no terminal is; 0 for none
  XDG_STATE_HOME  where calibrate keeps its card, in rtbench/ (~/.local/state)
  RTBENCH_DEBUG   1 shows the stack of an unexpected error

Each option is explained by rtbench COMMAND --help.`;

/** Runs the command line; leaves the exit code with the process. */
export async function main(): Promise<void> {
  endWhenInterrupted();
  // A defect in a callback ends here too, in one line; our children end with us.
  process.on('uncaughtException', (error) => process.exit(explain(error)));
  try {
    await answered();
  } catch (error) {
    process.exitCode = explain(error);
  }
}

/** Runs the command; what commander itself says, help and version, is printed as all data are. */
async function answered(): Promise<void> {
  const said: string[] = [];
  try {
    await program((text) => said.push(text)).parseAsync();
  } finally {
    if (said.length > 0) await print(said.join(''));
  }
}

function program(writeOut: (text: string) => void): Command {
  const rtbench = new Command('rtbench')
    .description(
      'Measure how a server can talk to its clients: polling, long polling, streaming, WebSocket, socket.io',
    )
    .version(rtbenchVersion)
    .configureHelp({ subcommandTerm: termOf })
    .addHelpText('after', EXAMPLES)
    .addHelpText('after', MANUAL);
  const commands = [
    runCommand,
    compareCommand,
    sweepCommand,
    capacityCommand,
    adviseCommand,
    fallbackCommand,
    traceCommand,
    demoCommand,
    diffCommand,
    listCommand,
    doctorCommand,
    calibrateCommand,
    reportCommand,
    publishCommand,
    completionCommand,
  ];
  for (const make of commands) rtbench.addCommand(make());
  for (const command of [rtbench, ...rtbench.commands]) {
    command.exitOverride().configureOutput({ writeOut, outputError: () => undefined });
  }
  return rtbench;
}

/** A command and what it is given, short enough that what it does fits beside it. */
function termOf(command: Command): string {
  return [command.name(), ...command.registeredArguments.map((argument) => `<${argument.name()}>`)].join(' ');
}

/** Says in one line what went wrong, and answers with the exit code for it. */
function explain(error: unknown): number {
  if (error instanceof CommanderError) {
    // Without a command the help is what there is to say, and it is said already.
    if (error.exitCode !== 0 && error.code !== 'commander.help')
      complain(error.message.replace(/^error: /, '').replace(/\s+/g, ' '));
    return error.exitCode === 0 ? 0 : 2;
  }
  if (error instanceof RtbenchError) {
    complain(error.message);
    return EXIT_CODES[error.code] ?? 1;
  }
  complain(`unexpected: ${messageOf(error)}; set RTBENCH_DEBUG=1 for the stack`);
  if (process.env.RTBENCH_DEBUG && error instanceof Error) console.error(error.stack);
  return 1;
}
