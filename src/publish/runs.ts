import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../errors.ts';
import { readSaved, type Saved } from '../report/index.ts';

/** A result under the name that its files share. */
export interface Named {
  readonly name: string;
  readonly saved: Saved;
  /** The names of its files, as they are in its folder. */
  readonly files: readonly string[];
}

/** Results that stand together in a folder. */
export interface Run {
  readonly folder: string;
  readonly results: readonly Named[];
  /** What is called a result, and is none of ours: its path, and why. */
  readonly strangers: readonly string[];
}

/** The endings of the files that a result is published as. */
const ENDINGS = 'json|md|csv|html|svg';

/** The runs that a directory holds: none where there is no directory. */
export function runsIn(directory: string): Run[] {
  return entriesOf(directory)
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => runIn(directory, name))
    .filter(({ results, strangers }) => results.length + strangers.length > 0);
}

/** What a folder of a directory holds; nothing where there is none. */
function runIn(directory: string, folder: string): Run {
  const files = entriesOf(join(directory, folder))
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('.'))
    .toSorted();
  const results: Named[] = [];
  const strangers: string[] = [];
  for (const file of files.filter((name) => name.endsWith('.json'))) {
    const path = join(directory, folder, file);
    const name = file.slice(0, -'.json'.length);
    try {
      results.push({ name, saved: readSaved(readFileSync(path, 'utf8')), files: filesOf(name, files) });
    } catch (error) {
      strangers.push(`${path}: ${messageOf(error)}`);
    }
  }
  return { folder, results, strangers };
}

/** Those files that a result of this name is published as: `name.json`, `name.latency.svg`. */
function filesOf(name: string, files: readonly string[]): string[] {
  const own = new RegExp(`^(\\.[a-z0-9-]+)?\\.(${ENDINGS})$`);
  return files.filter((file) => file.startsWith(name) && own.test(file.slice(name.length)));
}

function entriesOf(directory: string): Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch {
    return [];
  }
}
