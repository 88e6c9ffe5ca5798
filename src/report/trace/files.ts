import type { Trace } from '../../measurements/trace/trace.ts';
import { csvText } from '../files/csv.ts';
import { jsonLines } from '../files/json.ts';
import { escaped } from '../files/markup.ts';
import { inProse } from '../words/labels.ts';
import { capital } from '../words/text.ts';
import { eventLine, sentencesOf, workOf } from './words.ts';

/** One line an event, then one for each conversation. */
export function ndjson({ conversations }: Trace): string {
  return jsonLines(
    conversations.flatMap(({ events, pieces, ...whole }) => [
      ...events.map((event) => ({ type: 'event', transport: whole.transport, ...event })),
      { type: 'conversation', ...whole },
    ]),
  );
}

const CSV_COLUMNS = [
  'transport',
  'connection',
  'way',
  'sentMs',
  'arrivedMs',
  'step',
  'class',
  'part',
  'bytes',
  'text',
];

/** One line a part of a step. */
export function csv({ conversations }: Trace): string {
  const lines = conversations.flatMap(({ transport, events }) =>
    events.flatMap((event) => {
      if (event.kind !== 'step') return [];
      const { connection, way, sentMs, arrivedMs, title, parts } = event;
      return parts.map((part) => [
        ...[transport, connection, way, sentMs, arrivedMs, title],
        ...[part.class, part.label, part.bytes, part.text],
      ]);
    }),
  );
  return csvText([CSV_COLUMNS, ...lines]);
}

/** The result as GitHub-flavoured Markdown. */
export function markdown(trace: Trace): string {
  const paragraphs = [
    `**${escaped(workOf(trace).join(' · '))}**`,
    sentencesOf(trace).map(escaped).join(' '),
    ...trace.conversations.flatMap(({ transport, events }) => [
      `### ${escaped(capital(inProse(transport)))}`,
      events.map((event) => `    ${eventLine(event)}`).join('\n'),
    ]),
  ];
  return `${paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')}\n`;
}
