import { RtbenchError } from '../../errors.ts';
import type { ApplicationName, TransportSettings } from '../../measurements.ts';
import { aliases } from '../../transports/index.ts';
import { fields, type Setting, type Settings } from '../fields/index.ts';
import { readSettings, settingNames } from '../settings.ts';
import { readThreshold } from '../thresholds/read.ts';
import type { Threshold } from '../thresholds/threshold.ts';
import { transportSettings } from '../transport-options.ts';
import { oneLine } from '../wording.ts';
import { parseScenarioFile, type ScenarioDocument } from './document.ts';
import { type Origin, type Origins, overlay } from './overlay.ts';
import { refusal } from './refusal.ts';
import { scenarioSchema } from './schema.ts';

/** What a scenario is, beside its settings. */
export interface Head {
  readonly name: string;
  readonly summary: string;
  readonly application: ApplicationName;
}

/** What one file says, before what it extends is put beneath it. */
export interface Layer {
  readonly file: string;
  /** The scenario it extends; null where it stands alone. */
  readonly base: Origin | null;
  readonly head: Partial<Head>;
  readonly settings: Partial<Settings>;
  readonly origins: Origins;
  /** What must not be true of the result; `none` takes away what is below. */
  readonly failIf: readonly Threshold[] | 'none';
}

/** Reads one scenario file's text; errors name the file, the line and the field. */
export function readLayer(text: string, path: string): Layer {
  const file = oneLine(path);
  const document = parseScenarioFile(text, file);
  const parsed = scenarioSchema.safeParse(document.content);
  if (!parsed.success) throw refusal(parsed.error, document, file);
  const { extends: base, name, summary, application, transports = {}, failIf = [] } = parsed.data;
  const written = new Map<string, unknown>(Object.entries(parsed.data));
  const originOf = (setting: Setting): Origin | undefined => {
    const { option } = fields[setting];
    const value = written.get(option);
    if (typeof value !== 'string') return undefined;
    const items = itemsOf(option, value, document);
    return { place: document.place([option]), text: value, ...(items.length > 0 && { items }) };
  };
  const origins: Origins = known(settingNames, originOf);
  const settings = readSettings(
    known(settingNames, (setting) => origins[setting]?.text),
    (field) => document.place([field.option]),
  );
  const own = transportsOf(transports, document);
  return {
    file,
    base: base === undefined ? null : { place: document.place(['extends']), text: base },
    head: {
      ...(name === undefined ? {} : { name }),
      ...(summary === undefined ? {} : { summary }),
      ...(application === undefined ? {} : { application }),
    },
    // Over nothing: a file may not contradict itself either.
    settings: overlay({}, { ...settings, ...(own === undefined ? {} : { transports: own }) }, origins),
    origins,
    failIf:
      failIf === 'none'
        ? failIf
        : failIf.map((text, index) => readThreshold(text, document.place(['failIf', index]))),
  };
}

/** The items of a list, which reading has put into one line. */
function itemsOf(option: string, text: string, { content, place }: ScenarioDocument): Origin[] {
  const { [option]: written } = Object.fromEntries(Object.entries(content ?? {}));
  if (!Array.isArray(written) || written.length === 0) return [];
  return text.split(', ').map((item, index) => ({ place: place([option, index]), text: item }));
}

type WrittenTransports = Readonly<Record<string, Readonly<Record<string, string | undefined>> | undefined>>;

/** Options by transport, each under its one name; undefined where none has any. */
function transportsOf(
  written: WrittenTransports,
  document: ScenarioDocument,
): Settings['transports'] | undefined {
  const own = new Map<string, Partial<TransportSettings>>();
  for (const [alias, options = {}] of Object.entries(written)) {
    const name = aliases[alias] ?? alias;
    if (own.has(name)) {
      const place = document.place(['transports', alias]);
      throw new RtbenchError('usage', `Field ${place} is there twice: it is another name of ${name}`);
    }
    const texts = known(transportSettings, (setting) => options[fields[setting].option]);
    own.set(
      name,
      readSettings(texts, ({ option }) => document.place(['transports', alias, option])),
    );
  }
  return own.size === 0 ? undefined : Object.fromEntries(own);
}

/** The names that something is known of, each with it. */
function known<Name extends string, Value>(
  names: readonly Name[],
  of: (name: Name) => Value | undefined,
): Partial<Record<Name, Value>> {
  const found: Partial<Record<Name, Value>> = {};
  for (const name of names) {
    const value = of(name);
    if (value !== undefined) found[name] = value;
  }
  return found;
}
