import { globSync, readFileSync, statSync } from 'node:fs';
import { packageVersions } from '../../src/instrument/machine.ts';
import { cacheAsset, partAsset } from './layout.ts';
import { type Code, compiled } from './parts.ts';

/** What the executable holds, by the name under which it is asked for. */
export type Assets = ReadonlyMap<string, Uint8Array | string>;

/** What rtbench reads of its own package (src/own), by its path in it. */
const OWN = ['package.json', 'LICENSE', 'scenarios/*', 'schema/*', 'dist/*-thread.cjs', 'dist/assets/**'];

/** Gathers all but the entry; what V8 made of the code only where it is for this machine's V8. */
export function gatherAssets({ parts, notices }: Code, withCache: boolean): Assets {
  const assets = new Map<string, Uint8Array | string>();
  for (const path of globSync(OWN)) if (statSync(path).isFile()) assets.set(path, readFileSync(path));
  assets.set('THIRD-PARTY.txt', notices);
  assets.set('versions.json', JSON.stringify(packageVersions()));
  for (const [name, text] of parts) {
    assets.set(partAsset(name), text);
    const cache = withCache ? compiled(text) : undefined;
    if (cache !== undefined) assets.set(cacheAsset(name), cache);
  }
  return assets;
}
