/** Makes executables that hold all of rtbench: `npm run build:standalone`, or with `-- --target linux-arm64,windows-x64` or `all`. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gatherAssets } from './standalone/assets.ts';
import { copyNode } from './standalone/node.ts';
import { bundleCode, type Code } from './standalone/parts.ts';
import { seal } from './standalone/seal.ts';
import { isHost, type Target, targetsFor } from './standalone/targets.ts';

const OUT = 'build';

async function makeAll(): Promise<void> {
  const { values } = parseArgs({ options: { target: { type: 'string' } } });
  const targets = targetsFor(values.target);
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT);
  const code = await bundleCode();
  const sums = targets.filter((target) => made(target, code)).map(({ file }) => `${sumOf(file)}  ${file}\n`);
  writeFileSync(join(OUT, 'SHA256SUMS'), sums.join(''));
}

/** Makes one and says what became of it, in a line. */
function made(target: Target, code: Code): boolean {
  const file = join(OUT, target.file);
  const folder = mkdtempSync(join(tmpdir(), 'rtbench-standalone-'));
  try {
    copyNode(target, file, folder);
    seal(file, code.entry, gatherAssets(code, isHost(target)), folder);
    const megabytes = (statSync(file).size / 1e6).toFixed(1);
    console.log(
      `${file}  ${megabytes} MB  ${isHost(target) ? whatItSays(file) : 'untested: it cannot be run here'}`,
    );
    return true;
  } catch (error) {
    rmSync(file, { force: true });
    console.error(`${file}  not made: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
    return false;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What is made for this machine is run once, with nothing about. */
function whatItSays(file: string): string {
  const version = execFileSync(`./${file}`, ['--version'], { env: {}, encoding: 'utf8' }).trim();
  return `runs here: rtbench ${version}`;
}

function sumOf(file: string): string {
  return createHash('sha256')
    .update(readFileSync(join(OUT, file)))
    .digest('hex');
}

await makeAll();
