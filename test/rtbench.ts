import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const BIN = join(import.meta.dirname, '../bin/rtbench.js');

/** Where no calibration is kept: what this machine's user has must not show in a test. */
const XDG_STATE_HOME = join(tmpdir(), 'rtbench-test-without-state');

/** What one call of the real command left. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the real command to its end. */
export function rtbench(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  return outcomeOf(
    spawn(process.execPath, [BIN, ...args], { env: { ...process.env, XDG_STATE_HOME, ...env } }),
  );
}

/** What a process leaves, once it has ended. */
export function outcomeOf(child: ChildProcessWithoutNullStreams): Promise<Outcome> {
  let stdout = '';
  let stderr = '';
  // A letter may be cut in two where one chunk ends and the next begins.
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}
