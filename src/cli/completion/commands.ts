import type { Command, Option } from 'commander';
import { argumentValues, type Values, valuesOf } from './values.ts';

/** One option as shells are told of it. */
export interface CompletedOption {
  /** With their dashes. */
  readonly names: readonly string[];
  readonly help: string;
  /** Null where it takes none. */
  readonly values: Values | null;
  readonly mayRepeat: boolean;
}

/** One command as shells are told of it; the program itself has an empty name. */
export interface CompletedCommand {
  readonly name: string;
  readonly help: string;
  readonly options: readonly CompletedOption[];
  readonly argument: Values;
}

/** All that can be typed, read from the program itself: it, then its commands. */
export function commandsOf(program: Command): readonly [CompletedCommand, ...CompletedCommand[]] {
  const commands = program.createHelp().visibleCommands(program);
  const names = commands.map((command) => command.name());
  const asked: Values = { words: names, files: false, isList: false };
  return [
    { name: '', help: program.description(), options: optionsOf(program), argument: asked },
    ...commands.map((command) => ({
      name: command.name(),
      help: command.description(),
      options: optionsOf(command),
      argument: command.name() === 'help' ? asked : argumentOf(command),
    })),
  ];
}

function argumentOf({ registeredArguments: [first] }: Command): Values {
  return first === undefined ? { words: [], files: false, isList: false } : argumentValues(first.name());
}

function optionsOf(command: Command): CompletedOption[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .map((option: Option) => {
      const { short, long, flags, description, required, optional, parseArg } = option;
      const shown = /[<[]([^>\]]+)/.exec(flags)?.[1] ?? '';
      return {
        names: [short, long].filter((name) => name !== undefined),
        help: description,
        values: required || optional ? valuesOf(command.name(), option.name(), shown) : null,
        mayRepeat: parseArg !== undefined,
      };
    });
}
