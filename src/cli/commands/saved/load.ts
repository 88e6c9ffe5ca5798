import { readFile } from 'node:fs/promises';
import { text as textOf } from 'node:stream/consumers';
import { messageOf, RtbenchError } from '../../../errors.ts';
import type { Report } from '../../../measurements.ts';
import { expected, shown, systemReason } from '../../../plan/wording.ts';
import type { Saved } from '../../../report/index.ts';

/** What stands for standard input where a file is expected. */
export const STDIN = '-';

/** Reads and checks a saved result of any command. */
export async function loadSaved(file: string, argument: string): Promise<Saved> {
  const [{ readSaved }, text] = await Promise.all([
    import('../../../report/index.ts'),
    readText(file, argument),
  ]);
  return inFile(file, () => readSaved(text));
}

/** Reads and checks a saved report; `argument` is what the command line calls it. */
export async function loadReport(file: string, argument: string): Promise<Report> {
  const [{ readReport }, text] = await Promise.all([
    import('../../../report/index.ts'),
    readText(file, argument),
  ]);
  return inFile(file, () => readReport(text));
}

async function readText(file: string, argument: string): Promise<string> {
  try {
    return await (file === STDIN ? textOf(process.stdin) : readFile(file, 'utf8'));
  } catch (error) {
    throw expected(argument, 'a readable report', file, ` (${systemReason(error)})`);
  }
}

/** Says which file it was that could not be understood. */
function inFile<Result>(file: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    const name = file === STDIN ? 'standard input' : shown(file);
    throw new RtbenchError('report', `${name}: ${messageOf(error)}`, { cause: error });
  }
}
