import { fields, type Setting, type Settings } from '../fields/index.ts';
import { expected } from '../wording.ts';

/** Where somebody wrote a value, as errors name the place, and what they wrote. */
export interface Origin {
  readonly place: string;
  readonly text: string;
  /** The same for each item, where a file has them as a list. */
  readonly items?: readonly Pick<Origin, 'place' | 'text'>[];
}

export type Origins = Readonly<Partial<Record<Setting, Origin>>>;

/** How an error names a setting: by the place where it was written, or by the option that would set it. */
export function placeOf(setting: Setting, origins: Origins): string {
  return origins[setting]?.place ?? `--${fields[setting].option}`;
}

/** Settings over others: the upper ones win, and phases also over the rate and the duration that they stand for. */
export function overlay(
  base: Partial<Settings>,
  upper: Partial<Settings>,
  origins: Origins,
): Partial<Settings> {
  const phases = upper.phases ?? base.phases ?? [];
  if (phases.length === 0) return merged(base, upper);
  for (const setting of ['ratePerSecond', 'durationMs'] as const) {
    if (upper[setting] === undefined) continue;
    const remedy = '; `none` as phases takes them away';
    const got = origins[setting]?.text ?? String(upper[setting]);
    throw expected(placeOf(setting, origins), 'left out, since there are phases', got, remedy);
  }
  const { ratePerSecond, durationMs, ...rest } = base;
  return merged(rest, upper);
}

function merged(base: Partial<Settings>, upper: Partial<Settings>): Partial<Settings> {
  const [below = {}, above = {}] = [base.transports, upper.transports];
  const names = Object.keys({ ...below, ...above });
  if (names.length === 0) return { ...base, ...upper };
  const transports = Object.fromEntries(names.map((name) => [name, { ...below[name], ...above[name] }]));
  return { ...base, ...upper, transports };
}
