/** Makes executables that hold all of rtbench: `npm run build:standalone`, or with `-- --target linux-arm64,windows-x64` or `all`, into build/ or `--out FOLDER`. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { messageOf } from '../src/errors.ts';
import { gatherAssets } from './standalone/assets.ts';
import { copyNode } from './standalone/node.ts';
import { bundleCode, type Code } from './standalone/parts.ts';
import { seal } from './standalone/seal.ts';
import { isHost, type Target, targetsFor } from './standalone/targets.ts';

const options = { target: { type: 'string' }, out: { type: 'string', default: 'build' } } as const;

async function makeAll(): Promise<void> {
  const { target, out } = parseArgs({ options }).values;
  const targets = targetsFor(target);
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out);
  const code = await bundleCode();
  const sums = targets
    .filter((one) => made(one, join(out, one.file), code, target === 'all' && !isHost(one)))
    .map(({ file }) => `${sumOf(join(out, file))}  ${file}\n`);
  writeFileSync(join(out, 'SHA256SUMS'), sums.join(''));
  writeFileSync(join(out, 'THIRD-PARTY.txt'), code.notices);
}

/** Makes one and says what became of it, in a line. */
function made(target: Target, file: string, code: Code, isLeftOut: boolean): boolean {
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
    const words = `${file}  not made: ${messageOf(error)}`;
    // Who asks for all takes those that there are.
    if (isLeftOut) console.error(words);
    else complain(words);
    return false;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What is made for this machine is run once, with nothing about. */
function whatItSays(file: string): string {
  const version = execFileSync(resolve(file), ['--version'], { env: {}, encoding: 'utf8' }).trim();
  return `runs here: rtbench ${version}`;
}

function sumOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

function complain(words: string): void {
  console.error(words);
  process.exitCode = 1;
}

await makeAll().catch((error) => complain(messageOf(error)));
