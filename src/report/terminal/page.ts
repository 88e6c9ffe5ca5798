import type { Report } from '../../measurements.ts';
import { notesOf } from '../words/flags.ts';
import { type Headed, interruptionOf, machineOf, workloadOf } from '../words/header.ts';
import { wrap } from '../words/text.ts';
import type { Look } from '../writer.ts';

/** Paragraphs of lines, an empty line between them. */
export function page(paragraphs: readonly (readonly string[])[]): string {
  const told = paragraphs.filter((lines) => lines.length > 0);
  return `${told.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** The workload without what was varied, the machine, and whether it was interrupted. */
export function headLines(
  report: Headed,
  subject: readonly string[],
  { columns, chalk }: Look,
  varied: readonly string[] = [],
): string[] {
  const workload = wrap([...subject, ...workloadOf(report, varied)].join(' · '), columns, ' · ');
  const machine = wrap(machineOf(report).join(' · '), columns, ' · ');
  const interruption = interruptionOf(report);
  return [
    ...workload.map((line) => chalk.bold(line)),
    ...machine.map((line) => chalk.dim(line)),
    ...(interruption === undefined ? [] : wrap(interruption, columns).map((line) => chalk.yellow(line))),
  ];
}

/** Every flag once, in plain words with what to do. */
export function noteLines(report: Pick<Report, 'rounds'>, { columns, chalk }: Look): string[] {
  return notesOf(report).flatMap(({ fatal, text }) =>
    noteOf(text, fatal ? chalk.red : chalk.yellow, columns),
  );
}

/** One note behind its mark. */
export function noteOf(text: string, colour: (mark: string) => string, columns: number): string[] {
  const [first = '', ...rest] = wrap(text, columns - 2);
  return [`${colour('!')} ${first}`, ...rest.map((line) => `  ${line}`)];
}
