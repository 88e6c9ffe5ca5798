import type { ChalkInstance } from 'chalk';
import { BYTE_CLASSES, type ByteClass } from '../../../measurements/trace/steps.ts';
import type { Conversation, Trace } from '../../../measurements/trace/trace.ts';
import { count, plain } from '../../numbers.ts';
import { fits, type GridCell, grid } from '../../terminal/grid.ts';
import { inProse, nameOf } from '../../words/labels.ts';
import { capital, wrap } from '../../words/text.ts';
import type { Look } from '../../writer.ts';
import { CLASS_MARKS } from '../classes.ts';
import { isWhole, overheadOf, relayOf, sumOf, sumsOf, totalOf } from '../ledger.ts';

const BAR_COLUMNS = [30, 16, 8];

/** What crossed, by what it was there for: of one conversation by its ways, of several beside each other. */
export function ledgerParagraphs({ conversations }: Trace, look: Look): string[][] {
  const [first, second] = conversations;
  if (first === undefined) return [];
  const table = second === undefined ? oneTable(first, look) : severalTable(conversations, look);
  const names = conversations.map(({ transport }) => capital(inProse(transport)));
  return [
    table,
    ...conversations.map((conversation, index) => [
      ...(second === undefined ? [] : [look.chalk.bold(names[index] ?? '')]),
      ...wordLines(conversation, look),
    ]),
  ];
}

function wordLines(conversation: Conversation, { columns, chalk, isFull }: Look): string[] {
  const relay = wrap(relayOf(conversation), columns);
  const sums = sumsOf(conversation, isFull).flatMap((sum) =>
    wrap(sum, columns - 4).map((line, at) => `${at === 0 ? '  ' : '    '}${line}`),
  );
  return [
    ...wrap(overheadOf(conversation), columns),
    ...relay.map((line) => (isWhole(conversation) ? line : chalk.red(line))),
    ...(sums.length === 0 ? [] : ['What carried a message:', ...sums]),
  ];
}

function oneTable(conversation: Conversation, { columns, chalk }: Look): string[] {
  const { classes } = conversation;
  const most = Math.max(1, ...BYTE_CLASSES.map((name) => sumOf(classes[name])));
  const total = totalOf(conversation);
  const draw = (barColumns: number, isExplained: boolean) =>
    grid([
      headRow(chalk, ['bytes', 'up', 'down', 'sum']),
      ...BYTE_CLASSES.map((name) => {
        const { up, down } = classes[name];
        const { glyph, colour, meaning } = CLASS_MARKS[name];
        const bar = glyph.repeat(Math.ceil(((up + down) / most) * barColumns));
        return [
          markOf(name, chalk),
          ...[up, down, up + down].map(numberCell),
          { text: `  ${chalk[colour](bar)}`, align: 'left' } as const,
          { text: isExplained ? chalk.dim(` ${meaning}`) : '', align: 'left' } as const,
        ];
      }),
      [{ text: chalk.bold('all'), align: 'left' }, ...[total.up, total.down, sumOf(total)].map(numberCell)],
    ]);
  const tries = [true, false].flatMap((isExplained) =>
    BAR_COLUMNS.map((bar) => () => draw(bar, isExplained)),
  );
  return (tries.find((one) => fits(one(), columns)) ?? tries.at(-1))?.() ?? [];
}

/** What is nought in all of them is left out. */
function severalTable(conversations: readonly Conversation[], { columns, chalk }: Look): string[] {
  const names = BYTE_CLASSES.filter((name) => conversations.some(({ classes }) => sumOf(classes[name]) > 0));
  const perNews = (of: (conversation: Conversation) => number) =>
    conversations.map((conversation) => {
      const { messages } = conversation.news;
      return messages === 0 ? { text: '–' } : { text: `  ${plain(of(conversation) / messages)}` };
    });
  const draw = (isEach: boolean) =>
    grid([
      headRow(chalk, ['bytes', ...conversations.map(({ transport }) => nameOf(transport))]),
      ...names.map((name) => [
        markOf(name, chalk),
        ...conversations.map(({ classes }) => numberCell(sumOf(classes[name]))),
      ]),
      [
        { text: chalk.bold('all'), align: 'left' },
        ...conversations.map((conversation) => numberCell(sumOf(totalOf(conversation)))),
      ],
      ...(isEach
        ? [
            [{ text: 'a message', align: 'left' } as const, ...perNews((one) => sumOf(totalOf(one)))],
            [
              { text: 'without handshake', align: 'left' } as const,
              ...perNews((one) => sumOf(totalOf(one)) - sumOf(one.classes.handshake)),
            ],
          ]
        : []),
    ]);
  const whole = draw(true);
  return fits(whole, columns) ? whole : draw(false);
}

function headRow(chalk: ChalkInstance, [title = '', ...names]: readonly string[]): GridCell[] {
  return [
    { text: chalk.bold(title), align: 'left' },
    ...names.map((name) => ({ text: chalk.dim(`  ${name}`) })),
  ];
}

function markOf(name: ByteClass, chalk: ChalkInstance): GridCell {
  const { glyph, colour } = CLASS_MARKS[name];
  return { text: `${chalk[colour](glyph)} ${name}`, align: 'left' };
}

function numberCell(value: number): GridCell {
  return { text: `  ${count(value)}` };
}
