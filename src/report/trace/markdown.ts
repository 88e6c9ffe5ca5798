import { markdownTable } from 'markdown-table';
import { BYTE_CLASSES } from '../../measurements/trace/steps.ts';
import type { Conversation, Trace } from '../../measurements/trace/trace.ts';
import { escaped } from '../files/markup.ts';
import { count } from '../numbers.ts';
import { inProse, nameOf } from '../words/labels.ts';
import { capital, clean } from '../words/text.ts';
import type { Look } from '../writer.ts';
import { overheadOf, relayOf, sumOf, sumsOf, totalOf } from './ledger.ts';
import { diagramOf } from './mermaid.ts';
import { bytesOf, LOST, type Step, stepsOf } from './story.ts';
import { headOf, placeOf } from './words.ts';

/** The trace as GitHub-flavoured Markdown: each conversation's diagram, its steps, and what its bytes were there for. */
export function markdown(trace: Trace, { isFull }: Look): string {
  const { conversations, interrupted } = trace;
  const paragraphs = [
    `**${escaped(headOf(trace).join(' · '))}**`,
    escaped(placeOf(trace).join(' · ')),
    interrupted ? 'Interrupted: what had crossed until then.' : '',
    ...conversations.flatMap((conversation) => conversationParagraphs(conversation, isFull)),
    ...(conversations.length > 1 ? ['### Beside each other', besideTable(conversations)] : []),
  ];
  return `${paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')}\n`;
}

function conversationParagraphs(conversation: Conversation, isFull?: boolean): string[] {
  const sums = sumsOf(conversation, isFull).map((sum) => `- ${escaped(sum)}`);
  return [
    `### ${escaped(capital(inProse(conversation.transport)))}`,
    `\`\`\`mermaid\n${diagramOf([conversation])}\`\`\``,
    stepTable(conversation),
    ledgerTable(conversation),
    escaped(`${overheadOf(conversation)} ${relayOf(conversation)}`),
    sums.length === 0 ? '' : `What carried a message:\n\n${sums.join('\n')}`,
  ];
}

function stepTable(conversation: Conversation): string {
  const steps = stepsOf(conversation);
  if (steps.length === 0) return '';
  const rows = steps.map((step) => [
    (step.way === 'up' ? step.sentMs : step.arrivedMs).toFixed(1),
    String(step.connection),
    step.way === 'up' ? '→' : '←',
    escaped(clean(step.title)) + (step.isLost ? `, **${LOST}**` : ''),
    count(bytesOf(step)),
    ...BYTE_CLASSES.map((name) => countOf(classBytes(step, name))),
  ]);
  return markdownTable([['ms', 'connection', '', 'step', 'bytes', ...BYTE_CLASSES], ...rows], {
    align: ['r', 'r', 'c', 'l', 'r', ...BYTE_CLASSES.map(() => 'r')],
  });
}

function ledgerTable(conversation: Conversation): string {
  const { classes } = conversation;
  const row = (name: string, { up, down }: { readonly up: number; readonly down: number }) => [
    name,
    ...[up, down, up + down].map(countOf),
  ];
  const rows = BYTE_CLASSES.map((name) => row(name, classes[name]));
  return markdownTable([['bytes', 'up', 'down', 'sum'], ...rows, row('**all**', totalOf(conversation))], {
    align: ['l', 'r', 'r', 'r'],
  });
}

function besideTable(conversations: readonly Conversation[]): string {
  const rows = BYTE_CLASSES.map((name) => [
    name,
    ...conversations.map(({ classes }) => countOf(sumOf(classes[name]))),
  ]);
  const all = ['**all**', ...conversations.map((conversation) => countOf(sumOf(totalOf(conversation))))];
  const head = ['bytes', ...conversations.map(({ transport }) => escaped(nameOf(transport)))];
  return markdownTable([head, ...rows, all], { align: ['l', ...conversations.map(() => 'r')] });
}

function classBytes({ parts }: Step, name: string): number {
  return parts.reduce((sum, part) => sum + (part.class === name ? part.bytes : 0), 0);
}

/** Nought is nothing to look at. */
function countOf(bytes: number): string {
  return bytes === 0 ? '' : count(bytes);
}
