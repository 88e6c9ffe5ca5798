import { isDeepStrictEqual } from 'node:util';
import { defaults, fields, type Settings } from './fields/index.ts';
import { type Head, type Layer, readLayer } from './scenario/layer.ts';
import { type Origins, overlay } from './scenario/overlay.ts';
import { HEAD } from './scenario/schema.ts';
import { settingNames } from './settings.ts';
import { overlaid, type Threshold } from './thresholds/threshold.ts';
import { expected } from './wording.ts';

/** A scenario as its file and those that it extends say it; what none of them says is absent from `settings`. */
export interface Scenario extends Head {
  readonly settings: Partial<Settings>;
  /** Where the settings are written, so that errors lead there; absent where they are from no file. */
  readonly origins?: Origins;
  /** What must not be true of the result. */
  readonly failIf?: readonly Threshold[];
}

/** Reads a scenario that stands in one file. */
export function readScenario(text: string, file: string): Scenario {
  return scenarioOf([readLayer(text, file)]);
}

/** The scenario that files come to, the most special one first; each wins over those that it extends. */
export function scenarioOf(layers: readonly [Layer, ...Layer[]]): Scenario {
  const [own, ...bases] = layers;
  let { head, settings, origins }: Pick<Layer, 'head' | 'settings' | 'origins'> = own;
  for (const base of bases) {
    head = { ...base.head, ...head };
    settings = overlay(base.settings, settings, origins);
    origins = { ...base.origins, ...origins };
  }
  const failIf = layers.reduceRight<readonly Threshold[]>(
    (below, layer) => (layer.failIf === 'none' ? [] : overlaid(below, layer.failIf)),
    [],
  );
  return { ...wholeHead(head, own.file), settings, origins, ...(failIf.length > 0 && { failIf }) };
}

/** What sets it apart from what holds anyway, as its files say it: `rate 0.2`. */
export function specialIn({ settings, origins = {} }: Scenario): string[] {
  const differing = settingNames.flatMap((setting) => {
    const [value, origin] = [settings[setting], origins[setting]];
    const isSpecial = value !== undefined && !isDeepStrictEqual(value, defaults[setting]);
    return isSpecial && origin !== undefined ? [`${fields[setting].option} ${origin.text}`] : [];
  });
  return [...differing, ...Object.keys(settings.transports ?? {}).map((name) => `own options of ${name}`)];
}

function wholeHead({ name, summary, application }: Partial<Head>, file: string): Head {
  const missing = (field: keyof typeof HEAD) => expected(`\`${field}\` (${file})`, HEAD[field], 'nothing');
  if (name === undefined) throw missing('name');
  if (summary === undefined) throw missing('summary');
  if (application === undefined) throw missing('application');
  return { name, summary, application };
}
