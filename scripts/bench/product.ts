import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '../../src/measurements.ts';

/** The real command, as it is built. */
export const BIN = join(import.meta.dirname, '../../bin/rtbench.js');

/** Runs the real command, its progress shown, and gives back its report and how long it took. */
export function measure(args: readonly string[]): { report: Report; seconds: number } {
  const out = join(tmpdir(), `rtbench-bench-${process.pid}.json`);
  const startMs = performance.now();
  const { status } = spawnSync(process.execPath, [BIN, ...args, '--format', 'json', '--out', out], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const seconds = (performance.now() - startMs) / 1000;
  if (status !== 0) throw new Error(`rtbench ${args.join(' ')} ended with ${status}`);
  const report: Report = JSON.parse(readFileSync(out, 'utf8'));
  rmSync(out);
  return { report, seconds };
}
