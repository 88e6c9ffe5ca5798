import { readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, extname, isAbsolute, join } from 'node:path';
import { RtbenchError } from './errors.ts';
import { ownNames, ownText } from './own/files.ts';
import { type Layer, readLayer } from './plan/scenario/layer.ts';
import { type Scenario, scenarioOf } from './plan/scenario.ts';
import { expected, oneLine, suggestion, systemReason } from './plan/wording.ts';

const ENDINGS = ['.yaml', '.yml'];
const MAX_FILE_BYTES = 64 * 1024;
/** A scenario that is spread over more files cannot be read by anybody. */
const MOST_FILES = 5;

/** A scenario's file, and how errors call it. */
interface Place {
  readonly path: string;
  readonly shown: string;
  /** It comes with rtbench; its path is that in the package. */
  readonly isOwn: boolean;
}

/** Where the command line stands. */
const HERE: Place = { path: '', shown: '', isOwn: false };

/** The scenarios that come with rtbench, by name. */
export async function listScenarios(): Promise<readonly Scenario[]> {
  return Promise.all(scenarioNames().map(loadScenario));
}

/** A scenario by name, or from a file of one's own, with all that it extends. */
export async function loadScenario(nameOrPath: string): Promise<Scenario> {
  const own = await loadLayer(find(nameOrPath, '--scenario', HERE), '--scenario');
  const layers: [LoadedLayer, ...LoadedLayer[]] = [own];
  let { base, place } = own;
  while (base !== null) {
    const next = await loadLayer(find(base.text, base.place, place), base.place);
    checkChain([...layers, next]);
    layers.push(next);
    ({ base, place } = next);
  }
  return scenarioOf(layers);
}

/** The names of the scenarios that come with rtbench. */
export function scenarioNames(): string[] {
  return ownNames('scenarios')
    .filter((file) => extname(file) === '.yaml')
    .map((file) => basename(file, '.yaml'))
    .sort();
}

/** Where the scenario is that `subject` names; paths start from the file that names them. */
function find(nameOrPath: string, subject: string, from: Place): Place {
  if (ENDINGS.includes(extname(nameOrPath))) {
    const beside = (path: string) => (isAbsolute(nameOrPath) ? nameOrPath : join(dirname(path), nameOrPath));
    return { path: beside(from.path), shown: oneLine(beside(from.shown)), isOwn: false };
  }
  const names = scenarioNames();
  if (!names.includes(nameOrPath)) {
    const what = `one of ${names.join(', ')} or the path of a .yaml file`;
    throw expected(subject, what, nameOrPath, suggestion(nameOrPath, names));
  }
  const path = `scenarios/${nameOrPath}.yaml`;
  return { path, shown: path, isOwn: true };
}

interface LoadedLayer extends Layer {
  readonly place: Place;
}

async function loadLayer(place: Place, subject: string): Promise<LoadedLayer> {
  const { path, shown, isOwn } = place;
  if (isOwn) return { ...readLayer(ownText(path), shown), place };
  const text = await readBounded(path, shown, subject).catch((error: unknown) => {
    if (error instanceof RtbenchError) throw error;
    throw expected(subject, 'a readable file', shown, ` (${systemReason(error)})`);
  });
  return { ...readLayer(text, shown), place: { ...place, path: await realpath(path) } };
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
