import { markdownTable } from 'markdown-table';
import type { Capacity, CapacityAnswer, TransportCapacity } from '../measurements.ts';
import { loadText, markOf, sloText } from '../report/capacity/words.ts';
import { escaped } from '../report/files/markup.ts';
import { count, NONE } from '../report/numbers.ts';
import { nameOf } from '../report/words/labels.ts';
import { counted } from '../report/words/text.ts';
import type { Named } from './runs.ts';

/** A search that was published, under its result's name. */
interface Searched {
  readonly name: string;
  readonly capacity: Capacity;
}

/** What each transport carries on this machine, all searches of a run side by side; nothing where there is none. */
export function carriedPart(results: readonly Named[]): string[] {
  const searched = results.flatMap(({ name, saved: { result } }): Searched[] =>
    result.schema === 'rtbench/capacity@1' ? [{ name, capacity: result }] : [],
  );
  if (searched.length === 0) return [];
  const transports = new Set(
    searched.flatMap(({ capacity }) => capacity.transports.map(({ transport }) => transport)),
  );
  const head = ['transport', ...searched.flatMap(headOf)];
  const rows = [...transports].map((transport) => [
    escaped(nameOf(transport)),
    ...searched.flatMap(({ capacity }) =>
      cellsOf(
        capacity,
        capacity.transports.find((found) => found.transport === transport),
      ).map(escaped),
    ),
  ]);
  const align = head.map((_, place) => (place % 2 === 1 ? 'r' : 'l'));
  return [
    '## What this machine carries',
    'The highest load within the bounds, and who was how busy at the load that ended the search.',
    markdownTable([head, ...rows], { align, alignDelimiters: false }),
  ];
}

function headOf({ name, capacity: { vary, slo, scenario } }: Searched): string[] {
  const what =
    vary === 'rate'
      ? `deliveries/s and core to ${counted(scenario.clients, 'client')}`
      : `clients at ${loadText(scenario.ratePerSecond)} msg/s`;
  return [`[${escaped(`${what}, ${sloText(slo)}`)}](#${name})`, 'limit'];
}

function cellsOf({ vary }: Capacity, found: TransportCapacity | undefined): string[] {
  if (found === undefined) return [NONE, NONE];
  const { answer } = found;
  const value = vary === 'rate' ? answer.deliveriesPerCoreSecond : answer.value;
  const amount = value === null ? 'none' : count(value);
  return [`${answer.kind === 'at-least' ? '≥ ' : ''}${amount}`, limitOf(answer)];
}

function limitOf({ limiter, atLimit }: CapacityAnswer): string {
  const mark = markOf({ verdict: 'fail', limiter });
  if (atLimit === null || atLimit.serverCoreShare === null) return mark;
  const [server, clients] = [atLimit.serverCoreShare, atLimit.driverCoreShare ?? 0].map(
    (share) => `${Math.round(share * 100)}%`,
  );
  return `${mark}: server ${server}, clients' side ${clients}`;
}
