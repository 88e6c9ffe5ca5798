import { fstatSync, writeFileSync } from 'node:fs';
import { RtbenchError } from '../errors.ts';
import { systemReason } from '../plan/wording.ts';

/** Says on standard error what went wrong. */
export function complain(line: string): void {
  note(`rtbench: ${line}`);
}

/** Says on standard error what should be known beside the data. */
export function note(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Prints on standard output, all of it; quiet where nobody reads it any more. */
export async function print(data: string | Uint8Array): Promise<void> {
  try {
    await put(typeof data !== 'string' || data.endsWith('\n') ? data : `${data}\n`);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EPIPE') return;
    const why = systemReason(error);
    throw new RtbenchError('output', `Could not write to standard output: ${why}`, { cause: error });
  }
}

function put(data: string | Uint8Array): Promise<void> {
  const { stdout } = process;
  const bytes = Buffer.from(data);
  // To a file, the stream takes the part that a full disk still had room for as all of it.
  if (fstatSync(stdout.fd).isFile()) return Promise.resolve(writeFileSync(stdout.fd, bytes));
  return new Promise((resolve, reject) => {
    stdout.write(bytes, (error) => (error ? reject(error) : resolve()));
  });
}
