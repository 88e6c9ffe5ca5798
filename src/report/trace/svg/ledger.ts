import { BYTE_CLASSES } from '../../../measurements/trace/steps.ts';
import type { Conversation, Ways } from '../../../measurements/trace/trace.ts';
import { count, percentage } from '../../numbers.ts';
import { wrap } from '../../words/text.ts';
import { overheadOf, relayOf, sumOf, totalOf } from '../ledger.ts';
import type { Inks } from './inks.ts';
import { boxAt, fitting, strokeAlong, textAt } from './marks.ts';
import type { Drawn } from './sequence.ts';

const LINE = 20;
const TEXT = 12;
const BAR = 12;
const SENTENCE = { size: 13, line: 18 } as const;
/** Where the columns of figures end, in parts of the width. */
const ENDS = [0.46, 0.63, 0.81, 1] as const;

/** What a conversation's bytes were there for, and what its news cost. */
export function ledgerOf(conversation: Conversation, width: number, inks: Inks): Drawn {
  const total = totalOf(conversation);
  const all = Math.max(1, sumOf(total));
  const used = BYTE_CLASSES.filter((name) => sumOf(conversation.classes[name]) > 0);
  const share = (ways: Ways) => percentage(sumOf(ways) / all);
  const rows = [
    ['up', 'down', 'bytes', '%'],
    ...used.map((name) => figuresOf(conversation.classes[name], share(conversation.classes[name]))),
    figuresOf(total, ''),
  ];
  let x = 0;
  const bar = used.map((name) => {
    const part = (sumOf(conversation.classes[name]) / all) * width;
    const box = boxAt(x, 0, part, BAR, inks.classes[name]);
    x += part;
    return box;
  });
  const top = BAR + 8;
  const lines = rows.flatMap((figures, row) => {
    const y = top + row * LINE + 14;
    const ink = row === 0 ? inks.faint : inks.text;
    const name = used[row - 1];
    const label = row === 0 ? '' : (name ?? 'all');
    return [
      name === undefined ? '' : boxAt(0, y - 9, 10, 10, inks.classes[name], ' rx="2"'),
      label === ''
        ? ''
        : textAt(name === undefined ? 0 : 16, y, label, { size: TEXT, fill: ink, ...bold(row, rows) }),
      ...figures.map((text, at) =>
        textAt((ENDS[at] ?? 1) * width, y, text, {
          size: TEXT,
          fill: ink,
          anchor: 'end',
          ...bold(row, rows),
        }),
      ),
    ];
  });
  const ruleY = top + (rows.length - 1) * LINE;
  const sentences = [overheadOf(conversation), relayOf(conversation)].flatMap((text, at) =>
    wrap(text, fitting(width, SENTENCE.size, at === 0 ? 'strong' : 'sans')).map((line) => ({
      line,
      ink: at === 0 ? inks.text : inks.faint,
    })),
  );
  const under = top + rows.length * LINE + 10;
  const words = sentences.map(({ line, ink }, at) =>
    textAt(0, under + 14 + at * SENTENCE.line, line, {
      size: SENTENCE.size,
      fill: ink,
      weight: ink === inks.text ? 600 : 400,
    }),
  );
  const rule = strokeAlong(`M0 ${ruleY}H${width}`, inks.held);
  return {
    svg: [...bar, ...lines, rule, ...words].filter((one) => one !== '').join('\n'),
    height: under + sentences.length * SENTENCE.line + 4,
  };
}

function figuresOf(ways: Ways, share: string): string[] {
  return [count(ways.up), count(ways.down), count(sumOf(ways)), share];
}

function bold(row: number, rows: readonly unknown[]): { readonly weight?: number } {
  return row === rows.length - 1 ? { weight: 600 } : {};
}
