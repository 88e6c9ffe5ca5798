import { type Command, Option } from 'commander';
import { fields, type Setting } from '../plan/fields/index.ts';
import { settingNames, type WrittenSettings, type WrittenUntil } from '../plan/settings.ts';
import type { OutputOptions } from './output.ts';

/** What `run` and `compare` read beside the settings of the workload. */
export interface MeasureOptions extends GridOptions, WrittenUntil {}

/** What every measuring command reads beside the settings of the workload. */
export interface GridOptions extends OutputOptions {
  readonly scenario: string;
  readonly isolate: string;
  readonly quiet?: boolean;
  readonly strict?: boolean;
  readonly dryRun?: boolean;
}

const settingOptions = settingNames.map((name) => {
  const option = new Option(`--${fields[name].usage}`, fields[name].help);
  return { name, option, attribute: option.attributeName() };
});

/** Adds what `run` and `compare` take: the workload, how many rounds, the output, and how to judge it. */
export function addMeasureOptions(command: Command): Command {
  addWorkloadOptions(command)
    .optionsGroup('Where --rounds is auto:')
    .option('--precision <percent>', 'go on until the interval is as narrow, either way (default: 5%)')
    .option(
      '--precision-of <metric>',
      'whose interval, as the report calls it (default: serverCpuPerMessageUs)',
    )
    .option('--max-time <time>', 'stop before the first block that would end later (default: 3m)');
  return addJudgingOptions(addReportOptions(addMachineOptions(command)));
}

/** Adds what a command takes that measures at several points: the same without what only single points can do. */
export function addGridOptions(command: Command): Command {
  return addJudgingOptions(addOutputOptions(addMachineOptions(addWorkloadOptions(command))));
}

/** Adds the scenario and its settings, without those that a command decides by itself. */
export function addWorkloadOptions(command: Command, without: readonly Setting[] = []): Command {
  command
    .optionsGroup('Workload (an option wins over the scenario; --dry-run shows every value):')
    .option(
      '--scenario <name|file>',
      'a workload by name (rtbench list scenarios) or a .yaml file',
      'broadcast',
    );
  for (const { name, option } of settingOptions) if (!without.includes(name)) command.addOption(option);
  return command;
}

/** Adds how the machine is used. */
export function addMachineOptions(command: Command): Command {
  return command
    .optionsGroup('Machine:')
    .option(
      '--isolate <auto|on|off>',
      "a private network namespace, so that the kernel counts this run's bytes alone",
      'auto',
    );
}

function addJudgingOptions(command: Command): Command {
  return command
    .option('--quiet', 'no progress on standard error')
    .option('--strict', 'exit 3 if any round is invalid; the data is still printed')
    .option('--dry-run', 'print the resolved plan as JSON and start nothing');
}

/** Adds what every command that prints a report takes. */
export function addReportOptions(command: Command): Command {
  return addOutputOptions(command).option(
    '--cpu-unit <unit>',
    'server CPU per message in us, or in millionths of a yardstick (default: us)',
  );
}

/** Adds where the data goes and how it is written. */
export function addOutputOptions(command: Command): Command {
  command
    .optionsGroup('Output:')
    .option('--out <file>', 'also write to a file, format by ending; may be repeated', collect)
    .option('--format <name>', 'table, json, ndjson, csv or markdown (default: table)')
    .addOption(new Option('--json', 'the same as --format json').conflicts('format'));
  return addColorOptions(command);
}

/** Adds --color and --no-color; without either, the terminal and the environment decide. */
export function addColorOptions(command: Command): Command {
  return command
    .addOption(new Option('--color', 'color even when piped'))
    .option('--no-color', 'never any color');
}

/** The settings of the workload as they were typed. */
export function typedSettings(command: Command): WrittenSettings {
  const typed: Partial<Record<Setting, string>> = {};
  for (const { name, attribute } of settingOptions) {
    const value: unknown = command.getOptionValue(attribute);
    if (value !== undefined) typed[name] = String(value);
  }
  return typed;
}

/** Gathers an option that may be repeated. */
export function collect(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}
