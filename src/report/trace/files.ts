import type { Trace } from '../../measurements/trace/trace.ts';
import { csvText } from '../files/csv.ts';
import { jsonLines } from '../files/json.ts';

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
  'lost',
];

/** One line a part of a step. */
export function csv({ conversations }: Trace): string {
  const lines = conversations.flatMap(({ transport, events }) =>
    events.flatMap((event) => {
      if (event.kind !== 'step') return [];
      const { connection, way, sentMs, arrivedMs, title, parts, isLost = false } = event;
      return parts.map((part) => [
        ...[transport, connection, way, sentMs, isLost ? '' : arrivedMs, title],
        ...[part.class, part.label, part.bytes, part.text, String(isLost)],
      ]);
    }),
  );
  return csvText([CSV_COLUMNS, ...lines]);
}
