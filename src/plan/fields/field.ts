/** One setting of a workload: an option of that name on the command line, a key of that name in a scenario. */
export interface Field<Value, Usage extends string = string> extends Reading<Value> {
  readonly option: string;
  /** The option with a name for its value, as the help shows it. */
  readonly usage: Usage;
  readonly help: string;
}

/** What a good value is, and how it is read. */
export interface Reading<Value> {
  /** As it reads after "Expected --x to be". */
  readonly expected: string;
  /** The value that a text means; undefined where it means none. */
  readonly read: (text: string) => Value | undefined;
  /** All good values as a file may have them, where they are few. */
  readonly choices?: readonly (string | boolean)[];
}

/** A field by its option as the help shows it. */
export function field<Value, const Usage extends string>(
  usage: Usage,
  help: string,
  reading: Reading<Value>,
): Field<Value, Usage> {
  const [option = ''] = usage.split(' ');
  return { option, usage, help, ...reading };
}

/** Numbers within bounds, in whatever unit `readText` understands. */
export function ranged(
  expected: string,
  readText: (text: string) => number | undefined,
  low: number,
  high: number,
): Reading<number> {
  const read = (text: string) => {
    const value = readText(text);
    return value !== undefined && value >= low && value <= high ? value : undefined;
  };
  return { expected, read };
}

/** One of a few words. */
export function choice<const Name extends string>(...names: readonly Name[]): Reading<Name> {
  const read = (text: string) => names.find((name) => name === text);
  return { expected: names.join(' or '), read, choices: names };
}

export function onOff(): Reading<boolean> {
  const meaning = new Map([
    ['on', true],
    ['true', true],
    ['off', false],
    ['false', false],
  ]);
  const choices = ['on', 'off', true, false];
  return { expected: 'on or off', read: (text: string) => meaning.get(text), choices };
}
