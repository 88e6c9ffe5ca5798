import { type Field, fields, type Setting, type Settings } from './fields.ts';
import { expected } from './wording.ts';

/** Settings as somebody wrote them; what is absent was not written. */
export type WrittenSettings = Readonly<Partial<Record<Setting, string>>>;

/** The names of all settings, in the order that the help shows them. */
export const settingNames: readonly Setting[] = Object.keys(fields).filter(
  (name): name is Setting => name in fields,
);

/** Reads written settings; `subject` names one in the sentence about a bad value. */
export function readSettings(
  written: WrittenSettings,
  subject: (field: Field<unknown>) => string,
): Partial<Settings> {
  const settings: Writable<Partial<Settings>> = {};
  for (const name of settingNames) readInto(settings, name, written[name], subject);
  return settings;
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

function readInto<Name extends Setting>(
  settings: { [S in Name]?: Settings[S] },
  name: Name,
  text: string | undefined,
  subject: (field: Field<unknown>) => string,
): void {
  if (text === undefined) return;
  const field: Field<Settings[Name]> = fields[name];
  const value = field.read(text);
  if (value === undefined) throw expected(subject(field), field.expected, text);
  settings[name] = value;
}
