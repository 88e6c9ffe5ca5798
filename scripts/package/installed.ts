import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

/** What the installed package and all that it needs may take on a disk, by the sizes of the files. */
export const MOST_BYTES = 15_000_000;

/** A package that was installed, by itself. */
export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  readonly bytes: number;
}

/** Packs what was built and installs it into an empty folder, as somebody would who downloads it. */
export function installPackage(folder: string): void {
  mkdirSync(folder, { recursive: true });
  npm(ROOT, 'pack', '--ignore-scripts', '--pack-destination', folder);
  const [tarball = ''] = globSync('rtbench-*.tgz', { cwd: folder });
  // With --prefix it stays here, also where a folder above is somebody's package.
  const quiet = ['--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline'];
  npm(folder, 'install', '--prefix', folder, ...quiet, join(folder, tarball));
}

/** The packages that were installed into a folder, the largest first. */
export function packagesIn(folder: string): InstalledPackage[] {
  const manifests = globSync('**/package.json', { cwd: join(folder, 'node_modules') }).filter((path) =>
    /(^|node_modules\/)(@[^/]+\/)?[^/]+\/package\.json$/.test(path),
  );
  return manifests
    .map((path) => {
      const { name, version } = JSON.parse(readFileSync(join(folder, 'node_modules', path), 'utf8'));
      return { name, version, bytes: bytesIn(join(folder, 'node_modules', path, '..')) };
    })
    .toSorted((a, b) => b.bytes - a.bytes);
}

/** The five largest packages and the sum of all, a line each. */
export function sizeTable(packages: readonly InstalledPackage[]): string {
  const line = (name: string, bytes: number) => `${(bytes / 1e6).toFixed(2).padStart(6)} MB  ${name}`;
  const largest = packages.slice(0, 5).map(({ name, version, bytes }) => line(`${name} ${version}`, bytes));
  const all = packages.reduce((sum, { bytes }) => sum + bytes, 0);
  return [...largest, line(`all ${packages.length} packages, at most ${MOST_BYTES / 1e6}`, all)].join('\n');
}

/** The files of a package, without the packages that stand in it. */
function bytesIn(folder: string): number {
  const files = globSync('**/*', { cwd: folder, exclude: ['node_modules/**'] });
  return files.reduce((sum, path) => {
    const found = statSync(join(folder, path));
    return found.isFile() ? sum + found.size : sum;
  }, 0);
}

function npm(cwd: string, ...args: readonly string[]): void {
  // The npm that runs a script of ours hands its own settings down, and a test may not be under one.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')));
  const { status, stderr } = spawnSync('npm', args, { cwd, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`npm ${args[0]} failed: ${stderr}`);
}
