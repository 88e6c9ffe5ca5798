import { BYTE_CLASSES } from '../../../measurements/trace/steps.ts';
import type { Conversation, Trace } from '../../../measurements/trace/trace.ts';
import { count } from '../../numbers.ts';
import { inProse } from '../../words/labels.ts';
import { capital, wrap } from '../../words/text.ts';
import { overheadOf } from '../ledger.ts';
import { bytesOf } from '../story.ts';
import { headOf } from '../words.ts';
import { columnOf, placed } from './column.ts';
import { darkInks, type Inks, lightInks } from './inks.ts';
import { boxAt, escaped, fitting, SANS, strokeAlong, textAt } from './marks.ts';

const WIDTH = 900;
const MARGIN = 24;
const BETWEEN = 36;
/** Two stand beside each other in the usual width; more make the picture wider. */
const LEAST_COLUMN = 400;
const TITLE = { size: 21, line: 28 } as const;
const LEGEND = 106;
const SMALL = { size: 12.5, line: 18 } as const;

/** Conversations as a picture that stands by itself, in the reader's own light or dark. */
export function cardOf(trace: Trace): string {
  const [light, dark] = [pictureOf(trace, lightInks), pictureOf(trace, darkInks)];
  const { width, height, svg } = light;
  const [title = ''] = headOf(trace);
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title desc" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${SANS}">`,
    `<title id="title">${escaped(title)}</title>`,
    `<desc id="desc">${trace.conversations.flatMap(saidOf).map(escaped).join('\n')}</desc>`,
    `<style>@media (prefers-color-scheme: dark) {${darkRules(svg, dark.svg)}}</style>`,
    svg,
    '</svg>',
  ].join('\n')}\n`;
}

function pictureOf(trace: Trace, inks: Inks): { width: number; height: number; svg: string } {
  const many = Math.max(1, trace.conversations.length);
  const width = Math.max(WIDTH, many * (LEAST_COLUMN + BETWEEN) - BETWEEN + 2 * MARGIN);
  const column = (width - 2 * MARGIN - (many - 1) * BETWEEN) / many;
  const columns = trace.conversations.map((one) => columnOf(one, column, inks));
  const head = headLines(trace, width, inks);
  const ledgerY = head.height + Math.max(0, ...columns.map(({ sequence }) => sequence.height));
  const height = Math.ceil(ledgerY + Math.max(0, ...columns.map(({ ledger }) => ledger.height)) + MARGIN);
  const xOf = (at: number) => MARGIN + at * (column + BETWEEN);
  const rules = columns.slice(1).map((_, at) => {
    const x = xOf(at + 1) - BETWEEN / 2;
    return strokeAlong(`M${x} ${head.height}V${height - MARGIN}`, inks.held);
  });
  const parts = columns.flatMap(({ sequence, ledger }, at) => [
    placed(sequence, xOf(at), head.height),
    placed(ledger, xOf(at), ledgerY),
  ]);
  const ground = boxAt(0, 0, width, height, inks.background, ' rx="8"');
  return { width, height, svg: [ground, head.svg, ...rules, ...parts].join('\n') };
}

/** What was traced, and what the colours say. */
function headLines(trace: Trace, width: number, inks: Inks): { svg: string; height: number } {
  const [title = '', ...work] = headOf(trace);
  const room = width - 2 * MARGIN;
  let y = MARGIN;
  const lines = [
    ...wrap(capital(title), fitting(room, TITLE.size, 'strong')).map((text) => {
      y += TITLE.line;
      return textAt(MARGIN, y - 8, text, { size: TITLE.size, weight: 650, fill: inks.text });
    }),
    ...wrap(work.join(' · '), fitting(room, SMALL.size), ' · ').map((text) => {
      y += SMALL.line;
      return textAt(MARGIN, y - 5, text, { size: SMALL.size, fill: inks.faint });
    }),
  ];
  let x = MARGIN;
  const legend = BYTE_CLASSES.map((name) => {
    const mark =
      boxAt(x, y + 12, 10, 10, inks.classes[name], ' rx="2"') +
      textAt(x + 15, y + 21, name, { size: SMALL.size, fill: inks.text });
    x += LEGEND;
    return mark;
  });
  return { svg: [...lines, ...legend].join('\n'), height: y + 44 };
}

/** Each colour is drawn as it is on white, and by rule becomes another where the reader prefers the dark. */
function darkRules(light: string, dark: string): string {
  const colours = /#[\da-f]{6}\b/g;
  const others = dark.match(colours) ?? [];
  const pairs = new Map((light.match(colours) ?? []).map((own, at) => [own, others[at] ?? own]));
  return [...pairs]
    .map(([own, other]) => `[fill="${own}"]{fill:${other}}[stroke="${own}"]{stroke:${other}}`)
    .join('');
}

/** A conversation for who listens. */
function saidOf(conversation: Conversation): string[] {
  const steps = conversation.events.flatMap((event) => {
    if (event.kind === 'told') return [event.text];
    const who = event.way === 'up' ? 'client to server' : 'server to client';
    if (event.kind !== 'step') return [];
    return [`${who}: ${event.title}, ${count(bytesOf(event))} bytes`];
  });
  return [capital(inProse(conversation.transport)), ...steps, overheadOf(conversation)];
}
