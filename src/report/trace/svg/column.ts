import type { Conversation } from '../../../measurements/trace/trace.ts';
import { inProse } from '../../words/labels.ts';
import { capital, counted } from '../../words/text.ts';
import type { Inks } from './inks.ts';
import { ledgerOf } from './ledger.ts';
import { twoTextsAt } from './marks.ts';
import { type Drawn, sequenceOf } from './sequence.ts';

const TITLE = { size: 16, height: 28 } as const;
const GAP = 22;

/** A conversation's drawing in two parts, so that the ledgers of several can stand at one height. */
export interface Column {
  readonly sequence: Drawn;
  readonly ledger: Drawn;
}

/** A conversation under its name, and its ledger. */
export function columnOf(conversation: Conversation, width: number, inks: Inks): Column {
  const name = capital(inProse(conversation.transport));
  const over = counted(conversation.connections, 'TCP connection');
  const sequence = sequenceOf(conversation, width, inks);
  const title = twoTextsAt(
    0,
    15,
    [name, over],
    { size: TITLE.size, weight: 600, fill: inks.text },
    { size: 12, fill: inks.faint },
  );
  return {
    sequence: {
      svg: [title, placed(sequence, 0, TITLE.height)].join('\n'),
      height: TITLE.height + sequence.height + GAP,
    },
    ledger: ledgerOf(conversation, width, inks),
  };
}

/** Something drawn, moved to its place. */
export function placed({ svg }: Drawn, x: number, y: number): string {
  return `<g transform="translate(${x} ${Math.round(y)})">\n${svg}\n</g>`;
}
