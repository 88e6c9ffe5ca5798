import { Command } from 'commander';
import { expected } from '../../../plan/wording.ts';
import type { PublishRequest } from '../../../publish/index.ts';
import { loadSaved, STDIN } from './load.ts';

const EXAMPLES = `
A folder for the run: each result as JSON, CSV, Markdown, page and pictures, with a README of them all; and in DIR
an index of all runs that stand there, as README.md and index.html. The same results again are the same folder.

Examples:
  rtbench publish results compare.json
  rtbench compare --json | rtbench publish results - --machine two-core-vm
  rtbench publish results *.json --name before --html first
  rtbench publish results report.json --latest`;

interface PublishOptions {
  readonly machine?: string;
  readonly name?: string;
  readonly latest?: boolean;
  readonly html: string;
  readonly dryRun?: boolean;
}

/** `rtbench publish`: a folder of results that can be read and linked to, and an index of all of them. */
export function publishCommand(): Command {
  return new Command('publish')
    .description('Publish saved results: a folder with tables, pictures and pages, and an index of all runs')
    .argument('<dir>', 'where all runs are published; made where it is not there')
    .argument('<file...>', 'what --out or --json wrote; - is standard input')
    .option('--machine <name>', 'what to call the machine (default: its CPU and cores)')
    .option('--name <name>', 'what to call the run, behind its day and machine')
    .option('--latest', 'into DIR/latest, in place of what that held, rather than a folder of its own')
    .option(
      '--html <all|first|none>',
      'which results get a page of their own; each is about a megabyte',
      'all',
    )
    .option('--dry-run', 'print what would be written, and write nothing')
    .addHelpText('after', EXAMPLES)
    .action(async (directory: string, files: readonly string[], options: PublishOptions) => {
      const request = await requestOf(directory, files, options);
      const [{ makePublication }, { writeWhole }, { plainLook }, { print, note }, { rmSync }] =
        await Promise.all([
          import('../../../publish/index.ts'),
          import('../../../whole-files.ts'),
          import('../../look.ts'),
          import('../../print.ts'),
          import('node:fs'),
        ]);
      const { files: written, stale, notes } = await makePublication(request, plainLook);
      for (const text of notes) note(text);
      if (!options.dryRun) {
        writeWhole(written);
        for (const path of stale) rmSync(path, { force: true });
      }
      await print(written.map(({ path }) => path).join('\n'));
    });
}

/** Reads and checks everything before anything is written. */
async function requestOf(
  directory: string,
  files: readonly string[],
  { machine, name, latest, html }: PublishOptions,
): Promise<PublishRequest> {
  const [{ PAGES }, { stat }] = await Promise.all([
    import('../../../publish/index.ts'),
    import('node:fs/promises'),
  ]);
  const pages = PAGES.find((one) => one === html);
  if (pages === undefined) throw expected('--html', `one of ${PAGES.join(', ')}`, html);
  checkName('--machine', machine);
  checkName('--name', name);
  if (latest && name !== undefined) throw expected('--name', 'left out with --latest', name);
  const found = await stat(directory).catch(() => undefined);
  if (found && !found.isDirectory()) throw expected('DIR', 'a folder', directory);
  if (files.indexOf(STDIN) !== files.lastIndexOf(STDIN)) throw expected('FILE', 'standard input once', STDIN);
  const results = [];
  for (const file of files) {
    results.push({ file: file === STDIN ? null : file, saved: await loadSaved(file, 'FILE') });
  }
  return { directory, results, machine, name, isLatest: latest === true, pages };
}

function checkName(option: string, name: string | undefined): void {
  if (name === undefined || /^[a-z0-9]+(-[a-z0-9]+)*$/i.test(name)) return;
  throw expected(option, 'letters, digits and single hyphens', name);
}
