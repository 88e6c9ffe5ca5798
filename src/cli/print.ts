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
export async function print(text: string): Promise<void> {
  try {
    await put(text.endsWith('\n') ? text : `${text}\n`);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EPIPE') return;
    const why = systemReason(error);
    throw new RtbenchError('output', `Could not write to standard output: ${why}`, { cause: error });
  }
}

function put(text: string): Promise<void> {
  const { stdout } = process;
  // To a file, the stream takes the part that a full disk still had room for as all of it.
  if (fstatSync(stdout.fd).isFile()) return Promise.resolve(writeFileSync(stdout.fd, Buffer.from(text)));
  return new Promise((resolve, reject) => {
    stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
}
