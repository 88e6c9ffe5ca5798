import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { BIN } from '../../rtbench.ts';

/** A demo that the real command runs. */
export interface Started {
  readonly command: ChildProcess;
  readonly url: string;
  /** What it has said on standard error. */
  said(): string;
}

/** Starts the real command; answers when it has told where its page is. */
export async function start(args: readonly string[], mark: string, env = {}): Promise<Started> {
  const command = spawn(process.execPath, [BIN, 'demo', ...args], {
    env: { ...process.env, ...env, RTBENCH_TEST_MARK: mark },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  command.stderr.on('data', (chunk: Buffer) => {
    said += chunk;
  });
  const [line] = await once(command.stdout, 'data');
  return { command, url: String(line).trim(), said: () => said };
}
