import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expected } from '../plan/wording.ts';
import type { Look, Saved } from '../report/index.ts';
import { clean } from '../report/words/text.ts';
import type { WholeFile } from '../whole-files.ts';
import { filesFor } from './files.ts';
import { GENERATOR, indexHtml, indexMarkdown } from './index-pages.ts';
import { distinct, machineName, numbered, resultName, runName } from './names.ts';
import { runPage } from './run-page.ts';
import { type Named, type Run, runsIn } from './runs.ts';
import { withSection } from './section.ts';

/** Which results get a page of their own. */
export const PAGES = ['all', 'first', 'none'] as const;
export type Pages = (typeof PAGES)[number];

/** What is to be published, and where. */
export interface PublishRequest {
  readonly directory: string;
  /** Each with its file's name; null where it came from elsewhere. */
  readonly results: readonly { readonly file: string | null; readonly saved: Saved }[];
  /** What the machine and the run are called; undefined where nobody named them. */
  readonly machine: string | undefined;
  readonly name: string | undefined;
  /** In `latest`, in place of what that held, rather than in a folder of its own. */
  readonly isLatest: boolean;
  readonly pages: Pages;
}

/** All that publishing comes to, before anything of it is done. */
export interface Publication {
  readonly files: readonly WholeFile[];
  /** What a result that is replaced leaves behind. */
  readonly stale: readonly string[];
  /** What stands there and was left alone, and why. */
  readonly notes: readonly string[];
}

/** Makes a run's files and the index of all runs of the directory. */
export async function makePublication(request: PublishRequest, look: Look): Promise<Publication> {
  const { directory, isLatest } = request;
  const { entries, title } = named(request);
  const runs = runsIn(directory);
  const folder = isLatest ? 'latest' : folderFor(title, entries, runs, look);
  const before = runs.find((run) => run.folder === folder);
  const texts = await Promise.all(entries.map((entry) => filesFor(entry, look)));
  const results: Named[] = entries.map(({ name, saved }, at) => {
    return { name, saved, files: (texts[at] ?? []).map(({ path }) => path) };
  });
  const written = new Set(results.flatMap(({ files }) => files));
  // As they stand in a folder, so that the index is the same whoever writes it.
  const sorted = results.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const all = [...runs.filter((run) => run !== before), { folder, results: sorted, strangers: [] }];
  const index = indexOf(directory, all.filter((run) => run.results.length > 0).toSorted(newestFirst));
  return {
    files: [
      ...texts.flat().map(({ path, content }) => ({ path: join(directory, folder, path), content })),
      sectionFile(join(directory, folder, 'README.md'), runPage(title, results, look)),
      ...index.files,
    ],
    stale: (before?.results ?? [])
      .flatMap(({ files }) => files)
      .filter((file) => !written.has(file))
      .map((file) => join(directory, folder, file)),
    notes: [...runs.flatMap(({ strangers }) => strangers.map(clean)), ...index.notes],
  };
}

function named({ results, machine, name, pages }: PublishRequest) {
  const heads = results.map(({ saved }) => saved.result);
  const machines = new Set(heads.map((head) => machineName(head.machine)));
  const [own = '', another] = machines;
  if (machine === undefined && another !== undefined) {
    throw expected('FILE', `results of one machine, or --machine to name it`, [...machines].join(' and '));
  }
  const names = distinct(results.map(({ file, saved }) => resultName(file, saved)));
  const entries = results.map(({ saved }, at) => {
    return { name: names[at] ?? '', saved, hasPage: pages === 'all' || (pages === 'first' && at === 0) };
  });
  return { entries, title: runName(heads, machine ?? own, name) };
}

/** The run's own name, or a numbered one where that is taken by a run with other results. */
function folderFor(
  title: string,
  entries: readonly { readonly saved: Saved }[],
  runs: readonly Run[],
  look: Look,
): string {
  const textOf = ({ saved }: { readonly saved: Saved }) => saved.formats.json(undefined, look);
  const own = new Set(entries.map(textOf));
  return numbered(title, (candidate) => {
    const run = runs.find(({ folder }) => folder === candidate);
    if (run === undefined) return true;
    return run.strangers.length === 0 && run.results.every((result) => own.has(textOf(result)));
  });
}

function indexOf(directory: string, runs: readonly Run[]): Pick<Publication, 'files' | 'notes'> {
  const markdown = sectionFile(join(directory, 'README.md'), indexMarkdown(runs));
  const page = { path: join(directory, 'index.html'), content: indexHtml(runs) };
  const old = textOf(page.path);
  if (old === '' || old.includes(GENERATOR)) return { files: [markdown, page], notes: [] };
  return { files: [markdown], notes: [`${page.path}: it was not made by rtbench, so it stays as it is`] };
}

function sectionFile(path: string, section: string): WholeFile {
  return { path, content: withSection(textOf(path), section) };
}

function textOf(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

function newestFirst(one: Run, other: Run): number {
  const [first, second] = [one, other].map(({ results, folder }) => {
    const latest =
      results
        .map(({ saved }) => saved.result.startedAt)
        .toSorted()
        .at(-1) ?? '';
    return `${latest} ${folder}`;
  });
  return (second ?? '') < (first ?? '') ? -1 : 1;
}
