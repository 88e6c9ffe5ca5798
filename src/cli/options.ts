import { type Command, Option } from 'commander';
import { fields, type Setting } from '../plan/fields/index.ts';
import { settingNames, type WrittenSettings, type WrittenUntil } from '../plan/settings.ts';
import type { GateOptions } from './gates/gating.ts';
import type { OutputOptions } from './output.ts';

/** What `run` and `compare` read beside the settings of the workload. */
export interface MeasureOptions extends GridOptions, GateOptions, WrittenUntil {
  readonly profile?: string;
}

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
    .option('--profile <name>', 'options for one purpose: ci is for a job that is not to take a minute')
    .optionsGroup('Where --rounds is auto:')
    .option('--precision <percent>', 'go on until the interval is as narrow, either way (default: 5%)')
    .option(
      '--precision-of <metric>',
      'whose interval, as the report calls it (default: serverCpuPerMessageUs)',
    )
    .option('--max-time <time>', 'stop before the first block that would end later (default: 3m)');
  return addGateOptions(addJudgingOptions(addReportOptions(addMachineOptions(command))));
}

/** Adds what a command takes that measures at several points: the same without what only single points can do. */
export function addGridOptions(command: Command): Command {
  return addJudgingOptions(addChartOption(addOutputOptions(addMachineOptions(addWorkloadOptions(command)))));
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

/** Adds what must hold of a report. */
export function addGateOptions(command: Command): Command {
  return command
    .optionsGroup('Gates (exit 99 where one fails):')
    .option(
      '--fail-if <expression>',
      "what must not be true: 'websocket.latencyP99Ms>20', '*.lost>0'; may be repeated",
      collect,
    )
    .option('--baseline <file>', 'an earlier report of the same work, that nothing may be worse than')
    .option(
      '--margin <percent>',
      'by how much times and memory may be worse (default: latency 25%, CPU and memory 15%)',
    );
}

/** Adds what every command that prints a report takes. */
export function addReportOptions(command: Command): Command {
  return addChartOption(addOutputOptions(command)).option(
    '--cpu-unit <unit>',
    'server CPU per message in us, or in millionths of a yardstick (default: us)',
  );
}

/** Adds which picture svg is; for what has several. */
function addChartOption(command: Command): Command {
  return command.option(
    '--chart <name>',
    'what svg shows: latency, percentiles, bytes, cpu, memory … (default: the first)',
  );
}

/** Adds where the data goes and how it is written. */
export function addOutputOptions(command: Command): Command {
  command
    .optionsGroup('Output:')
    .option(
      '--out <file>',
      'also write to a file, its format by ending or as FORMAT:FILE; may be repeated',
      collect,
    )
    .option(
      '--format <name>',
      'table, json, ndjson, csv, markdown or html; where there are pictures svg; of reports also junit, prometheus, bencher, benchmark-smaller and benchmark-bigger; of traces mermaid and pcapng (default: table)',
    )
    .addOption(new Option('--json', 'the same as --format json').conflicts('format'))
    .option('--summary', 'also append Markdown to the job summary of GitHub Actions ($GITHUB_STEP_SUMMARY)');
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
