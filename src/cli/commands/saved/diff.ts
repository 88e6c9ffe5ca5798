import { Command } from 'commander';
import { addReportOptions } from '../../options.ts';
import type { OutputOptions } from '../../output.ts';
import { loadReport } from './load.ts';

const EXAMPLES = `
Examples:
  rtbench diff before.json after.json
  rtbench diff laptop.json server.json --out diff.md
  rtbench diff before.json after.json --json | jq '.comparisons[] | select(.verdict != "indistinguishable")'

A is the first file and B the second; every ratio is B/A.`;

/** `rtbench diff`: what changed between two reports. */
export function diffCommand(): Command {
  const command = new Command('diff')
    .description('Say what changed between two reports: before and after, or two machines')
    .argument('<before>', 'a report that --out or --json wrote')
    .argument('<after>', 'another one of the same work')
    .option('--force', 'compare reports of different work all the same');
  return addReportOptions(command)
    .addHelpText('after', EXAMPLES)
    .action(async (before: string, after: string, options: OutputOptions & { readonly force?: boolean }) => {
      const [{ openOutput }, { diffFormats, makeDiff }] = await Promise.all([
        import('../../output.ts'),
        import('../../../report/index.ts'),
      ]);
      const [first, second] = [await loadReport(before, 'BEFORE'), await loadReport(after, 'AFTER')];
      const diff = makeDiff(
        { file: before, report: first },
        { file: after, report: second },
        options.force === true,
      );
      const output = await openOutput(options, diffFormats);
      await output.write(diff);
    });
}
