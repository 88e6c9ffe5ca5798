import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** Writes the types that the library's face leads to, and no others. */
export function writeDeclarations(outdir: string): void {
  const all = mkdtempSync(join(outdir, 'types-'));
  try {
    const tsc = spawnSync('tsc', ['-p', 'tsconfig.build.json', '--outDir', all], { stdio: 'inherit' });
    if (tsc.status !== 0) throw new Error('The types could not be written');
    for (const file of reachedFrom('index.d.ts', all)) cpSync(join(all, file), join(outdir, 'types', file));
  } finally {
    rmSync(all, { recursive: true });
  }
}

function reachedFrom(file: string, folder: string, reached = new Set<string>()): ReadonlySet<string> {
  if (reached.has(file)) return reached;
  reached.add(file);
  const imports = readFileSync(join(folder, file), 'utf8').matchAll(
    /(?:from |import\()['"](\.[^'"]+)\.[jt]s['"]/g,
  );
  for (const [, path = ''] of imports)
    reachedFrom(`${normalize(join(dirname(file), path))}.d.ts`, folder, reached);
  return reached;
}
