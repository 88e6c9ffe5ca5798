import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import type { Machine } from '../measurements.ts';
import { isStandalone, ownText } from '../own/files.ts';

/** rtbench's own version. */
export const rtbenchVersion = versionIn(ownText('package.json'));

const CARRIERS = ['ws', 'socket.io', 'socket.io-client'];

/** What measures and where it is measured, as a report says it. */
export function describeMachine(
  pinning: Machine['pinning'],
  isolationMissing: string | null,
): { rtbench: string; machine: Machine } {
  const machine: Machine = {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    os: `${type()} ${release()}`,
    node: process.versions.node,
    isolation: isolationMissing === null ? 'netns' : 'none',
    isolationMissing,
    pinning,
    packages: packageVersions(),
  };
  return { rtbench: rtbenchVersion, machine };
}

/** Versions of the libraries that carry messages; socket.io's own `ws` is told apart, for it may be another copy. */
export function packageVersions(): Readonly<Record<string, string>> {
  if (isStandalone) return JSON.parse(ownText('versions.json'));
  const ours = createRequire(import.meta.url);
  const versions: Record<string, string> = {};
  for (const name of CARRIERS) versions[name] = versionAt(ours.resolve(`${name}/package.json`));
  const socketio = createRequire(ours.resolve('socket.io'));
  const engine = createRequire(socketio.resolve('engine.io'));
  versions['socket.io/ws'] = versionAt(engine.resolve('ws/package.json'));
  return versions;
}

function versionAt(path: string): string {
  return versionIn(readFileSync(path, 'utf8'));
}

function versionIn(packageJson: string): string {
  const { version }: { version?: unknown } = JSON.parse(packageJson);
  return String(version);
}
