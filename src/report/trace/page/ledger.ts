import { BYTE_CLASSES } from '../../../measurements/trace/steps.ts';
import type { Conversation, Trace, Ways } from '../../../measurements/trace/trace.ts';
import { count, percentage } from '../../numbers.ts';
import { type Html, html } from '../../page/markup.ts';
import { tableOf } from '../../page/tables.ts';
import { inProse } from '../../words/labels.ts';
import { capital } from '../../words/text.ts';
import { overheadOf, relayOf, sumOf, sumsOf, totalOf } from '../ledger.ts';

const FIGURES = ['up', 'down', 'bytes', '%'];

/** The bytes of each class, of each conversation, and what the news cost. */
export function ledgerSection({ conversations }: Trace): Html {
  const columns = conversations.flatMap(({ transport }) =>
    FIGURES.map((name) => ({
      group: conversations.length > 1 ? capital(inProse(transport)) : '',
      name,
      align: 'right' as const,
    })),
  );
  const rows = [...BYTE_CLASSES, 'all' as const].map((name) => [
    name,
    ...conversations.flatMap((one) => figuresOf(one, name === 'all' ? totalOf(one) : one.classes[name])),
  ]);
  const table = tableOf({
    title: 'Bytes by what they were there for',
    columns: [{ group: '', name: 'class', align: 'left' }, ...columns],
    rows: rows.map((cells) => cells.map((text) => ({ text, isBest: cells[0] === 'all' }))),
  });
  return html`${table}${conversations.map((one) => wordsOf(one, conversations.length))}`;
}

function figuresOf(conversation: Conversation, ways: Ways): string[] {
  const all = Math.max(1, sumOf(totalOf(conversation)));
  return [count(ways.up), count(ways.down), count(sumOf(ways)), percentage(sumOf(ways) / all)];
}

function wordsOf(conversation: Conversation, many: number): Html {
  const name = many > 1 ? `${capital(inProse(conversation.transport))}: ` : '';
  return html`<p>${`${name}${overheadOf(conversation)} ${relayOf(conversation)}`}</p>
<ul>${sumsOf(conversation).map((sum) => html`<li>${sum}</li>`)}</ul>`;
}
