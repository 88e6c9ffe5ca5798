import { readdirSync, readFileSync } from 'node:fs';
// Older Nodes have less in it than is used in the executable, so nothing is imported by name.
import sea from 'node:sea';

/** Whether this is the one executable that holds everything, with no folder of its own beside it. */
export const isStandalone = sea.isSea();

/** Whether these are the sources as they were written, rather than what `npm run build` made of them. */
export const areSources = !isStandalone && import.meta.url.endsWith('.ts');

/** The folder of rtbench itself; both the sources' rooms and what is built from them stand in it. */
const root = isStandalone ? undefined : new URL(areSources ? '../../' : '../', import.meta.url);

/** Where one of rtbench's own files is, by its path in the package; there is none in the executable. */
export function ownUrl(path: string): URL {
  return new URL(path, root);
}

/** The text of one of rtbench's own files, by its path in the package: package.json, scenarios, what the build made. */
export function ownText(path: string): string {
  return isStandalone ? sea.getAsset(path, 'utf8') : readFileSync(ownUrl(path), 'utf8');
}

/** The names of the files in one of rtbench's own folders. */
export function ownNames(folder: string): string[] {
  if (!isStandalone) return readdirSync(ownUrl(`${folder}/`));
  const own = sea.getAssetKeys().filter((path) => path.startsWith(`${folder}/`));
  return own.map((path) => path.slice(folder.length + 1));
}
