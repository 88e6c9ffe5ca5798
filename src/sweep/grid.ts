import type { Values, Varied } from '../measurements/sweep.ts';
import { defaults, fields, type Setting } from '../plan/fields/index.ts';
import { settingNames, type WrittenSettings } from '../plan/settings.ts';
import { expected, suggestion } from '../plan/wording.ts';

/** A varied field with the text that each value was typed as. */
export interface Axis extends Varied {
  readonly setting: Setting;
  readonly texts: readonly string[];
}

/** One point of the grid: its values, and as settings that were typed. */
export interface GridPoint {
  readonly values: Values;
  readonly written: WrittenSettings;
  readonly label: string;
}

const MOST_AXES = 2;
const MOST_POINTS = 100;

/** The fields that can be varied: numbers and words, but not those that make the rounds themselves. */
const variable = settingNames.filter(
  (name) =>
    (typeof defaults[name] === 'number' || fields[name].choices !== undefined) &&
    name !== 'rounds' &&
    name !== 'seed',
);

/** Reads what `--vary` was given, once or twice: `clients=10,100,1000`. */
export function readAxes(texts: readonly string[], typed: WrittenSettings): Axis[] {
  const example = 'a field and its values, such as --vary clients=10,100,1000';
  if (texts.length === 0) throw expected('--vary', example, 'nothing');
  if (texts.length > MOST_AXES) {
    throw expected('--vary', `given at most ${MOST_AXES} times`, texts.join(' '));
  }
  const axes = texts.map((text) => readAxis(text, example));
  const [first, second] = axes;
  if (first !== undefined && first.setting === second?.setting) {
    throw expected('--vary', 'a field each time that was not varied yet', second.option);
  }
  for (const { option, setting } of axes) {
    const value = typed[setting];
    if (value !== undefined) throw expected(`--${option}`, `left out beside --vary ${option}`, value);
  }
  const points = axes.reduce((product, { values }) => product * values.length, 1);
  if (points > MOST_POINTS) {
    throw expected('--vary', `at most ${MOST_POINTS} points in all`, String(points));
  }
  return axes;
}

/** Every combination of the axes' values, the last axis fastest. */
export function gridOf(axes: readonly Axis[]): GridPoint[] {
  return axes.reduce<GridPoint[]>(
    (points, { setting, option, values, texts }) =>
      points.flatMap((point) =>
        values.map((value, index) => ({
          values: { ...point.values, [setting]: value },
          written: { ...point.written, [setting]: texts[index] },
          label: [point.label, `${option} ${texts[index]}`].filter((part) => part !== '').join(', '),
        })),
      ),
    [{ values: {}, written: {}, label: '' }],
  );
}

function readAxis(text: string, example: string): Axis {
  const [, option, list] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
  if (option === undefined || list === undefined) throw expected('--vary', example, text);
  const setting = variableNamed(option);
  const isNumber = typeof defaults[setting] === 'number';
  const found = isNumber ? numbersIn(list, setting, option) : wordsIn(list, setting, option);
  const values = found.map(({ value }) => value);
  const texts = found.map((one) => one.text);
  const differing = isNumber ? new Set(values).size : new Set(texts).size;
  if (differing < values.length) {
    throw expected(`--vary ${option}`, 'each value once', list);
  }
  if (values.length < 2) throw expected(`--vary ${option}`, 'two values or more', list);
  return { field: setting, setting, option, values, texts, names: isNumber ? null : texts };
}

/** A value, and the text that it was typed as. */
interface Typed {
  readonly value: number;
  readonly text: string;
}

function numbersIn(list: string, setting: Setting, option: string): Typed[] {
  const { read, expected: what } = fields[setting];
  const found = list.split(',').map((part) => {
    const value = read(part.trim());
    if (typeof value !== 'number') throw expected(`each value of --vary ${option}`, what, part);
    return { value, text: part.trim() };
  });
  return found.toSorted((a, b) => a.value - b.value);
}

/** Words have no order but the one in which they were typed. */
function wordsIn(list: string, setting: Setting, option: string): Typed[] {
  const { read, expected: what } = fields[setting];
  return list.split(',').map((part, value) => {
    const text = part.trim();
    if (read(text) === undefined) throw expected(`each value of --vary ${option}`, what, part);
    return { value, text };
  });
}

function variableNamed(option: string): Setting {
  const setting = variable.find((name) => fields[name].option === option);
  if (setting !== undefined) return setting;
  const options = variable.map((name) => fields[name].option);
  const isField = settingNames.some((name) => fields[name].option === option);
  const what = isField ? 'a field that can be varied' : 'a field of the workload';
  throw expected('--vary', `${what}: one of ${options.join(', ')}`, option, suggestion(option, options));
}
