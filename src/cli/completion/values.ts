import { checkNames } from '../../calibrate/index.ts';
import { METRIC_KEYS } from '../../measurements.ts';
import { fields } from '../../plan/fields/index.ts';
import { profileNames } from '../../plan/profiles.ts';
import {
  adviceFormats,
  capacityFormats,
  chartNames,
  cpuUnits,
  diffFormats,
  fallbackFormats,
  formats,
  sweepFormats,
  traceFormats,
} from '../../report/index.ts';
import { scenarioNames } from '../../scenarios.ts';
import { traceFaults } from '../../trace/faults.ts';
import { aliases, transports } from '../../transports/index.ts';

/** What may stand at one place of the command line, as far as that is known. */
export interface Values {
  readonly words: readonly string[];
  /** Whether it may be a file. */
  readonly files: boolean;
  /** Whether several of the words may stand there, separated by commas. */
  readonly isList: boolean;
}

const transportNames = [...transports.map(({ name }) => name), ...Object.keys(aliases)];

/** Options whose words are known under another name than their own. */
const words: Readonly<Record<string, readonly string[]>> = {
  transport: transportNames,
  transports: [...transportNames, 'all'],
  'side-by-side': transportNames,
  fault: traceFaults,
  scenario: scenarioNames(),
  profile: profileNames,
  metric: METRIC_KEYS,
  'precision-of': METRIC_KEYS,
  'cpu-unit': Object.keys(cpuUnits),
  only: checkNames,
  chart: chartNames,
};

/** The formats of what a command writes; of a report where nothing is said. */
const formatsOf: Readonly<Record<string, object>> = {
  sweep: sweepFormats,
  capacity: capacityFormats,
  advise: adviceFormats,
  fallback: fallbackFormats,
  trace: traceFormats,
  diff: diffFormats,
};

const choices = new Map(
  Object.values(fields).map((field) => [
    field.option,
    field.choices?.filter((one) => one !== true && one !== false),
  ]),
);

/** What an option of a command takes, by its name and by how the help calls its value. */
export function valuesOf(command: string, option: string, shown: string): Values {
  const own = option === 'format' ? Object.keys(formatsOf[command] ?? formats) : words[option];
  const { files, alternatives } = readShown(shown);
  return {
    words: own ?? choices.get(option)?.map(String) ?? alternatives,
    files,
    isList: ['list', 'names'].includes(shown),
  };
}

/** What an argument is, by how the help calls it: one of a few words, or else a file. */
export function argumentValues(shown: string): Values {
  const { alternatives } = readShown(shown);
  return { words: alternatives, files: alternatives.length === 0, isList: false };
}

/** `own|url` is a word, or something that is called by another. */
function readShown(shown: string): { readonly files: boolean; readonly alternatives: readonly string[] } {
  const parts = shown.split('|');
  const isKind = (part: string) => ['file', 'dir', 'name', 'url'].includes(part);
  return {
    files: parts.includes('file') || parts.includes('dir'),
    alternatives: parts.length === 1 ? [] : parts.filter((part) => !isKind(part)),
  };
}
