import { RtbenchError } from '../errors.ts';

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
