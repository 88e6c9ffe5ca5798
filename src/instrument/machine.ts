import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import type { Machine } from '../measurements.ts';

/** The folder of rtbench itself: where package.json and the scenarios are, in a checkout and when installed. */
export const packageRoot = new URL('../../', import.meta.url);

/** rtbench's own version. */
export const rtbenchVersion = versionIn(new URL('package.json', packageRoot));

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
  const ours = createRequire(import.meta.url);
  const versions: Record<string, string> = {};
  for (const name of CARRIERS) versions[name] = versionIn(ours.resolve(`${name}/package.json`));
  const socketio = createRequire(ours.resolve('socket.io'));
  const engine = createRequire(socketio.resolve('engine.io'));
  versions['socket.io/ws'] = versionIn(engine.resolve('ws/package.json'));
  return versions;
}

function versionIn(packageJson: URL | string): string {
  const { version }: { version?: unknown } = JSON.parse(readFileSync(packageJson, 'utf8'));
  return String(version);
}
