import { randomBytes } from 'node:crypto';
import { mkdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { RtbenchError } from './errors.ts';
import { systemReason } from './plan/wording.ts';

/** A file as it shall be. */
export interface WholeFile {
  readonly path: string;
  readonly content: string | Uint8Array;
}

/**
 * Writes files whole: all of them are written down beside their places, in folders that are made where there are none,
 * before the first takes its place. So what goes wrong, such as a full disk, leaves what was there before.
 *
 * All in one go, so that Ctrl-C comes before it or after it.
 */
export function writeWhole(files: readonly WholeFile[]): void {
  const temporaries = new Set<string>();
  const folders: string[] = [];
  try {
    const staged = files.map(({ path, content }) => {
      const temporary = beside(path);
      temporaries.add(temporary);
      told(path, () => {
        folders.unshift(...makeFolder(dirname(path)));
        writeFileSync(temporary, content, { flag: 'wx' });
      });
      return { temporary, path };
    });
    for (const { temporary, path } of staged) {
      told(path, () => renameSync(temporary, path));
    }
  } catch (error) {
    for (const path of temporaries) rmSync(path, { force: true });
    for (const path of folders) removeEmpty(path);
    throw error;
  }
}

/** Throws what the system says where no file could be written; leaves nothing behind. */
export function tryToWrite(path: string): void {
  const temporary = beside(path);
  writeFileSync(temporary, '', { flag: 'wx' });
  rmSync(temporary);
}

function beside(path: string): string {
  return join(dirname(path), `.rtbench-${randomBytes(6).toString('hex')}.tmp`);
}

/** The folders that were not there, innermost first. */
function makeFolder(path: string): string[] {
  const first = mkdirSync(path, { recursive: true });
  const made: string[] = [];
  for (let at = resolve(path); first !== undefined && at.length >= first.length; at = dirname(at))
    made.push(at);
  return made;
}

function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Somebody has put something into it.
  }
}

function told(path: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    throw new RtbenchError('output', `Could not write ${path}: ${systemReason(error)}`, { cause: error });
  }
}
