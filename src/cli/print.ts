import { RtbenchError } from '../errors.ts';

/** Says on standard error what went wrong. */
export function complain(line: string): void {
  process.stderr.write(`rtbench: ${line}\n`);
}

/** Prints on standard output; quiet where nobody reads it any more. */
export function print(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const lines = text.endsWith('\n') ? text : `${text}\n`;
    process.stdout.write(lines, (error: NodeJS.ErrnoException | null | undefined) => {
      if (error && error.code !== 'EPIPE')
        reject(new RtbenchError('output', error.message, { cause: error }));
      else resolve();
    });
  });
}
