import type { BuildOptions } from 'esbuild';
import { roles } from '../../bin/roles.js';
import { thirdPartySmall } from './third-party.ts';

/** Entries by the names that they are to have, of sources in src. */
export function inSrc(sources: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(sources).map(([name, source]) => [name, `src/${source}.ts`]));
}

/** All roles in parts that they share, which ask for each other when they are needed. */
export const dividedRoles = {
  bundle: true,
  platform: 'node',
  entryPoints: inSrc(roles),
  format: 'esm',
  splitting: true,
  chunkNames: 'part-[hash]',
  metafile: true,
  plugins: [thirdPartySmall],
  // Node's own is the same, and brings no tables of a third of a megabyte.
  alias: { 'whatwg-url': 'node:url' },
} satisfies BuildOptions;
