import { escaped } from '../report/files/markup.ts';
import type { Look } from '../report/index.ts';
import { clean, shellWord } from '../report/words/text.ts';
import { carriedPart } from './carried.ts';
import { timeText } from './names.ts';
import { linksOf, machinesOf, tableOf } from './overview.ts';
import type { Named } from './runs.ts';

/** A run's own page in Markdown: where and when, and each result with its pictures, files and how to repeat it. */
export function runPage(title: string, results: readonly Named[], look: Look): string {
  const times = results
    .flatMap(({ saved: { result: head } }) => [head.startedAt, head.finishedAt])
    .map(timeText);
  const [first = '', last = ''] = [times.toSorted()[0], times.toSorted().at(-1)];
  const paragraphs = [
    `# ${escaped(title)}`,
    machinesOf(results).map(escaped).join('\n\n'),
    escaped(`Measured ${first} to ${last}.`),
    results.length > 1 ? tableOf(results, '') : '',
    ...carriedPart(results),
    ...results.flatMap((result) => resultPart(result, look)),
  ];
  return paragraphs.filter((paragraph) => paragraph !== '').join('\n\n');
}

function resultPart(result: Named, look: Look): string[] {
  const { name, saved, files } = result;
  const [verdict = ''] = saved.sentences();
  return [
    `## ${escaped(name)}`,
    verdict === '' ? '' : `> ${escaped(clean(verdict))}`,
    saved.formats.markdown(undefined, look).trim(),
    ...saved
      .charts()
      .filter((chart) => files.includes(`${name}.${chart.name}.svg`))
      .map((chart) => `![${escaped(clean(`${chart.title}. ${chart.summary}`))}](${name}.${chart.name}.svg)`),
    `Files: ${linksOf(result, '')}. To repeat it:`,
    commandBlock(saved.result.command),
  ];
}

/** The command line in a block that nothing in it can end. */
function commandBlock(command: readonly string[]): string {
  // Where it was written to is nobody else's place.
  const words = command.filter((word, at) => !/^--out(=|$)/.test(word) && command[at - 1] !== '--out');
  const line = ['rtbench', ...words.map(shellWord)].join(' ');
  const longest = Math.max(2, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}sh\n${line}\n${fence}`;
}
