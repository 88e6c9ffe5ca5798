import type { Trace } from '../../../measurements/trace/trace.ts';
import { page } from '../../terminal/page.ts';
import { inProse } from '../../words/labels.ts';
import { capital, wrap } from '../../words/text.ts';
import type { Look } from '../../writer.ts';
import { eventLine, sentencesOf, workOf } from '../words.ts';

/** What a person reads. */
export function table(trace: Trace, { columns, chalk }: Look): string {
  return page([
    wrap(workOf(trace).join(' · '), columns, ' · ').map((line) => chalk.bold(line)),
    ...trace.conversations.map(({ transport, events }) => [
      chalk.bold(capital(inProse(transport))),
      ...events.map(eventLine),
    ]),
    sentencesOf(trace).flatMap((sentence) => wrap(sentence, columns)),
  ]);
}
