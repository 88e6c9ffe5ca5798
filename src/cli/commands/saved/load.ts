import { readFile } from 'node:fs/promises';
import { messageOf, RtbenchError } from '../../../errors.ts';
import type { Report } from '../../../measurements.ts';
import { expected, shown, systemReason } from '../../../plan/wording.ts';

/** Reads and checks a saved report; `argument` is what the command line calls it. */
export async function loadReport(file: string, argument: string): Promise<Report> {
  const [{ readReport }, text] = await Promise.all([
    import('../../../report/index.ts'),
    readText(file, argument),
  ]);
  return inFile(file, () => readReport(text));
}

/** The text of a file that the command line names. */
export async function readText(file: string, argument: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw expected(argument, 'a readable report', file, ` (${systemReason(error)})`);
  }
}

/** Says which file it was that could not be understood. */
export function inFile<Result>(file: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw new RtbenchError('report', `${shown(file)}: ${messageOf(error)}`, { cause: error });
  }
}
