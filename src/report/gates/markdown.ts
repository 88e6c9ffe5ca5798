import type { Report } from '../../measurements.ts';
import { escaped } from '../files/markup.ts';
import { gateBlocksOf, markOf } from './words.ts';

/** What was asked and whether it holds: a title, a list, and what must be known beside it folded away. */
export function gateMarkdown(report: Report): string[] {
  return gateBlocksOf(report).flatMap(({ title, lines, notes }) => [
    `**${escaped(title)}**`,
    lines
      .map(({ passed, text }) => (passed ? escaped(text) : `**${escaped(text)}**`))
      .map((text, index) => `- ${markOf(lines[index]?.passed === true)} ${text}`)
      .join('\n'),
    ...folded(
      'What this comparison can and cannot tell',
      notes.map((note) => `- ${escaped(note)}`).join('\n'),
    ),
  ]);
}

/** Paragraphs behind a line that opens them; none where there is nothing to tell. */
export function folded(title: string, ...paragraphs: readonly string[]): string[] {
  const told = paragraphs.filter((paragraph) => paragraph !== '');
  if (told.length === 0) return [];
  return [`<details><summary>${escaped(title)}</summary>`, ...told, '</details>'];
}
