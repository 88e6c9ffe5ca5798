import type { WrittenSettings } from './settings.ts';
import { expected, suggestion } from './wording.ts';

/** Options for one purpose, by the name that `--profile` takes: as if typed, and those that are typed win over them. */
export const profiles = {
  // With fewer rounds there are no intervals, and so no verdicts.
  ci: { rounds: '3' },
} as const satisfies Readonly<Record<string, WrittenSettings>>;

/** The names of the profiles. */
export const profileNames: readonly string[] = Object.keys(profiles);

/** What the profile of that name sets; nothing where none was asked for. */
export function profileNamed(name: string | undefined): WrittenSettings {
  if (name === undefined) return {};
  const found: Readonly<Record<string, WrittenSettings>> = profiles;
  const profile = Object.hasOwn(found, name) ? found[name] : undefined;
  if (profile !== undefined) return profile;
  throw expected('--profile', `one of ${profileNames.join(', ')}`, name, suggestion(name, profileNames));
}
