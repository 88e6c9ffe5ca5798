import { markdownTable } from 'markdown-table';
import { escaped } from '../report/files/markup.ts';
import { NONE } from '../report/numbers.ts';
import { partsOf } from '../report/words/header.ts';
import { clean } from '../report/words/text.ts';
import { timeText } from './names.ts';
import type { Named } from './runs.ts';

/** What stands over the columns. */
export const HEAD = ['result', 'what was measured', 'what came of it', 'files'];

/** What an index tells of a result. */
export interface Told {
  readonly name: string;
  readonly work: string;
  readonly verdict: string;
  readonly links: readonly Link[];
}

interface Link {
  readonly text: string;
  readonly href: string;
}

/** A result in a line; links lead into its folder, which is empty where that is where one stands. */
export function told(result: Named, folder: string): Told {
  const { name, saved } = result;
  const { interrupted } = saved.result;
  return {
    name,
    work: clean([...saved.work, ...(interrupted ? ['interrupted'] : [])].join(' · ')),
    verdict: clean(saved.sentences()[0] ?? ''),
    links: linksIn(result, folder),
  };
}

/** What the results ran on; more than one where they did not all run on the same. */
export function machinesOf(results: readonly Named[]): string[] {
  const lines = results.map(({ saved: { result: head } }) => {
    // How wire bytes were counted is told with each result.
    const machine = { ...head.machine, isolation: 'none' as const, isolationMissing: null };
    return partsOf({ ...head, machine }).join(' · ');
  });
  return [...new Set(lines)];
}

/** When the first of the results was measured, and on what. */
export function placeOf(results: readonly Named[]): string {
  const times = results.map(({ saved: { result: head } }) => timeText(head.startedAt)).toSorted();
  return [times[0] ?? '', machinesOf(results).join('; ')].join(' · ');
}

/** Results as a table in Markdown. */
export function tableOf(results: readonly Named[], folder: string): string {
  const rows = results.map((result) => {
    const { name, work, verdict } = told(result, folder);
    const part = `[${escaped(name)}](${folder === '' ? '' : `${encodeURIComponent(folder)}/README.md`}#${name})`;
    return [part, escaped(work), escaped(verdict) || NONE, linksOf(result, folder)];
  });
  return markdownTable([HEAD, ...rows], { alignDelimiters: false });
}

/** The files of a result, each as a link, in Markdown. */
export function linksOf(result: Named, folder: string): string {
  return linksIn(result, folder)
    .map(({ text, href }) => `[${escaped(text)}](${href})`)
    .join(' · ');
}

const TEXTS: Readonly<Record<string, string>> = { html: 'page', md: 'table', csv: 'CSV', json: 'JSON' };
const ORDER = Object.keys(TEXTS);

/** What a person would look at comes first; pictures are named as charts are. */
function linksIn({ name, files }: Named, folder: string): Link[] {
  const before = folder === '' ? '' : `${encodeURIComponent(folder)}/`;
  return files
    .toSorted()
    .map((file) => {
      const [ending = '', chart = ''] = file
        .slice(name.length + 1)
        .split('.')
        .toReversed();
      const place = ORDER.indexOf(ending);
      return {
        place: place < 0 ? ORDER.length : place,
        text: TEXTS[ending] ?? (chart === '' ? ending : chart),
        href: before + encodeURIComponent(file),
      };
    })
    .toSorted((one, other) => one.place - other.place)
    .map(({ text, href }) => ({ text, href }));
}
