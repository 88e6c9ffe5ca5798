import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installPackage, packagesIn, sizeTable } from './package/installed.ts';

/** Says what the installed package weighs, and where. */
const folder = mkdtempSync(join(tmpdir(), 'rtbench-size-'));
try {
  installPackage(folder);
  process.stdout.write(`${sizeTable(packagesIn(folder))}\n`);
} finally {
  rmSync(folder, { recursive: true });
}
