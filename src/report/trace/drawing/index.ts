import type { Trace } from '../../../measurements/trace/trace.ts';
import { page } from '../../terminal/page.ts';
import { wrap } from '../../words/text.ts';
import type { Look } from '../../writer.ts';
import { headOf, placeOf } from '../words.ts';
import { drawingParagraphs } from './beside.ts';
import { ledgerParagraphs } from './ledger-table.ts';

/** What a person reads: the conversations as sequence drawings, and what their bytes were there for. */
export function table(trace: Trace, look: Look): string {
  const { columns, chalk } = look;
  return page([
    [
      ...wrap(headOf(trace).join(' · '), columns, ' · ').map((line) => chalk.bold(line)),
      ...wrap(placeOf(trace).join(' · '), columns, ' · ').map((line) => chalk.dim(line)),
      ...(trace.interrupted ? [chalk.yellow('Interrupted: what had crossed until then.')] : []),
    ],
    ...drawingParagraphs(trace.conversations, look),
    ...ledgerParagraphs(trace, look),
  ]);
}
