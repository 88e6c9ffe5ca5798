import { execFileSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { isHost, type Target } from './targets.ts';

const VERSION = process.versions.node;

/** Puts the Node that runs this, as it is made for the target, into `file`; `folder` is for what comes with it. */
export function copyNode(target: Target, file: string, folder: string): void {
  copyFileSync(isHost(target) ? process.execPath : fetched(target, folder), file);
  if (isHost(target) && target.platform === 'linux') strip(file);
}

/** Names for debuggers are a seventh of Node; where there is no `strip`, they stay. */
function strip(file: string): void {
  try {
    execFileSync('strip', [file], { stdio: 'ignore' });
  } catch {
    console.error('without `strip` the executable is larger than need be');
  }
}

/** From the registry: npm holds what it gets against the registry's checksum. */
function fetched({ node, platform, arch }: Target, folder: string): string {
  const wanted = `${node.package}@${VERSION}`;
  const versions = npm('view', node.package, 'versions', '--json');
  const published: unknown = JSON.parse(versions);
  if (!Array.isArray(published) || !published.includes(VERSION)) {
    throw new Error(`${wanted} is not in the registry; the nearest there is ${nearest(published)}`);
  }
  npm('install', wanted, '--prefix', folder, '--os', platform, '--cpu', arch, '--ignore-scripts');
  return join(folder, 'node_modules', node.package, node.path);
}

function npm(...args: string[]): string {
  return execFileSync('npm', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** The one of the same major version, or the one closest to it. */
function nearest(published: unknown): string {
  const versions = Array.isArray(published) ? published.filter((one) => typeof one === 'string') : [];
  return versions.toSorted((a, b) => distance(a) - distance(b))[0] ?? 'none';
}

function distance(version: string): number {
  return Math.abs(numberOf(version) - numberOf(VERSION));
}

function numberOf(version: string): number {
  return version.split('.').reduce((number, part) => number * 1000 + Number.parseInt(part, 10), 0);
}
