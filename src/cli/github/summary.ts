import { open, stat } from 'node:fs/promises';
import { RtbenchError } from '../../errors.ts';
import { expected, systemReason } from '../../plan/wording.ts';
import { fitted } from '../../report/index.ts';

/** What GitHub shows of one step; it shows nothing at all of a longer one. */
const MOST_BYTES = 1024 * 1024;

/** The job summary of GitHub Actions, checked before anything runs; appends Markdown to it. */
export async function openSummary(file: string | undefined): Promise<(markdown: string) => Promise<void>> {
  if (!file) {
    throw expected(
      '--summary',
      'used where GITHUB_STEP_SUMMARY names a file, as in GitHub Actions',
      'nothing',
    );
  }
  await append(file, '').catch((error: unknown) => {
    throw expected('GITHUB_STEP_SUMMARY', 'a file that can be written', file, ` (${systemReason(error)})`);
  });
  return async (markdown) => {
    try {
      const { size } = await stat(file);
      await append(file, `${fitted(markdown, MOST_BYTES - size - 1)}\n`);
    } catch (error) {
      throw new RtbenchError('output', `Could not write ${file}: ${systemReason(error)}`, { cause: error });
    }
  };
}

async function append(file: string, text: string): Promise<void> {
  const summary = await open(file, 'a');
  await summary.appendFile(text).finally(() => summary.close());
}
