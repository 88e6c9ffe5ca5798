import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RtbenchError } from '../errors.ts';
import { packageRoot } from '../instrument/machine.ts';
import { readScenario, type Scenario } from '../plan/scenario.ts';
import { expected, suggestion, systemReason } from '../plan/wording.ts';

const folder = new URL('scenarios/', packageRoot);
const ENDINGS = ['.yaml', '.yml'];
const MAX_FILE_BYTES = 64 * 1024;

/** The scenarios that come with rtbench, by name. */
export async function listScenarios(): Promise<readonly Scenario[]> {
  const names = await scenarioNames();
  return Promise.all(names.map(loadScenario));
}

/** A scenario by name, or from a file of one's own. */
export async function loadScenario(nameOrPath: string): Promise<Scenario> {
  if (ENDINGS.includes(extname(nameOrPath))) return loadFile(nameOrPath, nameOrPath);
  const names = await scenarioNames();
  if (!names.includes(nameOrPath)) {
    const what = `one of ${names.join(', ')} or the path of a .yaml file`;
    throw expected('--scenario', what, nameOrPath, suggestion(nameOrPath, names));
  }
  const file = `${nameOrPath}.yaml`;
  return loadFile(fileURLToPath(new URL(file, folder)), `scenarios/${file}`);
}

async function scenarioNames(): Promise<string[]> {
  const files = await readdir(folder);
  return files
    .filter((file) => extname(file) === '.yaml')
    .map((file) => basename(file, '.yaml'))
    .sort();
}

async function loadFile(path: string, shownPath: string): Promise<Scenario> {
  const text = await readBounded(path, shownPath).catch((error: unknown) => {
    if (error instanceof RtbenchError) throw error;
    throw expected('--scenario', 'a readable file', shownPath, ` (${systemReason(error)})`);
  });
  return readScenario(text, shownPath);
}

async function readBounded(path: string, shownPath: string): Promise<string> {
  const file = await stat(path);
  if (!file.isFile()) throw expected('--scenario', 'a file', shownPath);
  if (file.size > MAX_FILE_BYTES) {
    throw new RtbenchError('usage', `Expected ${shownPath} to be at most 64 KiB, got ${file.size} bytes`);
  }
  return readFile(path, 'utf8');
}
