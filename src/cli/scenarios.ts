import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, extname, isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RtbenchError } from '../errors.ts';
import { packageRoot } from '../instrument/machine.ts';
import { type Layer, readLayer } from '../plan/scenario/layer.ts';
import { type Scenario, scenarioOf } from '../plan/scenario.ts';
import { expected, oneLine, suggestion, systemReason } from '../plan/wording.ts';

const folder = fileURLToPath(new URL('scenarios/', packageRoot));
const ENDINGS = ['.yaml', '.yml'];
const MAX_FILE_BYTES = 64 * 1024;
/** A scenario that is spread over more files cannot be read by anybody. */
const MOST_FILES = 5;

/** A scenario's file, and how errors call it. */
interface Place {
  readonly path: string;
  readonly shown: string;
}

/** The scenarios that come with rtbench, by name. */
export async function listScenarios(): Promise<readonly Scenario[]> {
  const names = await scenarioNames();
  return Promise.all(names.map(loadScenario));
}

/** A scenario by name, or from a file of one's own, with all that it extends. */
export async function loadScenario(nameOrPath: string): Promise<Scenario> {
  const own = await loadLayer(await find(nameOrPath, '--scenario', { path: '', shown: '' }), '--scenario');
  const layers: [LoadedLayer, ...LoadedLayer[]] = [own];
  let { base, place } = own;
  while (base !== null) {
    const next = await loadLayer(await find(base.text, base.place, place), base.place);
    checkChain([...layers, next]);
    layers.push(next);
    ({ base, place } = next);
  }
  return scenarioOf(layers);
}

async function scenarioNames(): Promise<string[]> {
  const files = await readdir(folder);
  return files
    .filter((file) => extname(file) === '.yaml')
    .map((file) => basename(file, '.yaml'))
    .sort();
}

/** Where the scenario is that `subject` names; paths start from the file that names them. */
async function find(nameOrPath: string, subject: string, from: Place): Promise<Place> {
  if (ENDINGS.includes(extname(nameOrPath))) {
    const beside = (path: string) => (isAbsolute(nameOrPath) ? nameOrPath : join(dirname(path), nameOrPath));
    return { path: beside(from.path), shown: oneLine(beside(from.shown)) };
  }
  const names = await scenarioNames();
  if (!names.includes(nameOrPath)) {
    const what = `one of ${names.join(', ')} or the path of a .yaml file`;
    throw expected(subject, what, nameOrPath, suggestion(nameOrPath, names));
  }
  const file = `${nameOrPath}.yaml`;
  return { path: join(folder, file), shown: `scenarios/${file}` };
}

interface LoadedLayer extends Layer {
  readonly place: Place;
}

async function loadLayer({ path, shown }: Place, subject: string): Promise<LoadedLayer> {
  const text = await readBounded(path, shown, subject).catch((error: unknown) => {
    if (error instanceof RtbenchError) throw error;
    throw expected(subject, 'a readable file', shown, ` (${systemReason(error)})`);
  });
  return { ...readLayer(text, shown), place: { path: await realpath(path), shown } };
}

async function readBounded(path: string, shown: string, subject: string): Promise<string> {
  const file = await stat(path);
  if (!file.isFile()) throw expected(subject, 'a file', shown);
  if (file.size > MAX_FILE_BYTES) {
    throw new RtbenchError('usage', `Expected ${shown} to be at most 64 KiB, got ${file.size} bytes`);
  }
  return readFile(path, 'utf8');
}

function checkChain(layers: readonly LoadedLayer[]): void {
  const chain = layers.map(({ file }) => file).join(' extends ');
  const paths = layers.map(({ place }) => place.path);
  if (new Set(paths).size < paths.length) {
    throw new RtbenchError('usage', `Expected scenarios to end somewhere, got a circle: ${chain}`);
  }
  if (layers.length > MOST_FILES) {
    throw new RtbenchError('usage', `Expected a scenario to be of at most ${MOST_FILES} files, got ${chain}`);
  }
}
