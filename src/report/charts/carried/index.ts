import type { Capacity, TransportCapacity, Vary } from '../../../measurements.ts';
import { stepCells, stepsInOrder } from '../../capacity/rows.ts';
import { boundOf, carriedSentence, limitSentence, markOf, sloText } from '../../capacity/words.ts';
import { count } from '../../numbers.ts';
import type { Sheet } from '../../sheet.ts';
import { inProse, nameOf } from '../../words/labels.ts';
import type { Chart } from '../chart.ts';
import { type Climb, climbHeight, climbOption } from './climb.ts';
import { linesOf, sideBySide } from './lines.ts';

const NAME = 'capacity';

/** What charts of capacities are called, without those of single transports beside others. */
export const capacityChartNames: readonly string[] = [NAME];

/** Whether some capacity may have a chart of that name. */
export function isCapacityChartName(name: string): boolean {
  return name === NAME || name.startsWith(`${NAME}-`);
}

/** Latency and CPU over the load up to the limit and beyond: all transports side by side, then each by itself. */
export function capacityCharts(capacity: Capacity): Chart[] {
  const drawn = capacity.transports.filter(({ steps }) => steps.some(({ latency }) => latency !== null));
  const [first] = drawn;
  if (first === undefined) return [];
  if (drawn.length === 1) return [aloneChart(capacity, first, NAME)];
  return [
    together(capacity, drawn),
    ...drawn.map((found) => aloneChart(capacity, found, `${NAME}-${found.transport}`)),
  ];
}

function together(capacity: Capacity, drawn: readonly TransportCapacity[]): Chart {
  const climb = climbOf(capacity, drawn);
  const figure = boundOf(capacity.slo)?.figure ?? 'p99';
  return {
    ...{ name: NAME, heightPx: climbHeight(climb) },
    title: `How much each carries with ${sloText(capacity.slo)}`,
    summary: carriedSentence(capacity, drawn),
    note: `Above: ${figure} · below: server CPU · ringed: the highest load within the bounds · red: beyond them`,
    option: (palette) => climbOption(climb, sideBySide(capacity, drawn, palette), palette),
    sheets: drawn.map((found) => sheetOf(capacity, found)),
  };
}

function aloneChart(capacity: Capacity, found: TransportCapacity, name: string): Chart {
  const climb = climbOf(capacity, [found]);
  return {
    ...{ name, heightPx: climbHeight(climb) },
    title: `How much ${inProse(found.transport)} carries with ${sloText(capacity.slo)}`,
    summary: limitSentence(capacity, found),
    note: 'Upright: the highest load within the bounds · red: beyond them',
    option: (palette) => climbOption(climb, linesOf(capacity, found, palette), palette),
    sheets: [sheetOf(capacity, found)],
  };
}

function climbOf({ vary, slo }: Capacity, drawn: readonly TransportCapacity[]): Climb {
  const steps = drawn.flatMap((found) => found.steps);
  const bound = boundOf(slo);
  const [first] = drawn;
  return {
    loads: steps.map(({ value }) => value),
    loadName: vary === 'rate' ? 'messages per second to each client' : 'clients',
    latencyName: drawn.length === 1 ? 'latency, ms' : `${bound?.figure ?? 'p99'}, ms`,
    latencies: [
      ...steps.flatMap(({ latency }) => (latency === null ? [] : [latency[`${bound?.figure ?? 'p99'}Ms`]])),
      ...(drawn.length === 1 ? steps.map(({ latency }) => latency?.p50Ms ?? null) : []),
    ].filter((value) => value !== null),
    bound: bound?.limit ?? null,
    limit: first === undefined || drawn.length > 1 ? null : limitOf(vary, first),
  };
}

function limitOf(vary: Vary, { answer }: TransportCapacity): Climb['limit'] {
  const { value, kind, deliveriesPerSecond } = answer;
  if (value === null) return null;
  const amount =
    vary === 'clients' ? `${count(value)} clients` : `${count(deliveriesPerSecond ?? 0)} deliveries/s`;
  return { load: value, told: `${kind === 'at-least' ? '≥ ' : ''}${amount}` };
}

function sheetOf(capacity: Capacity, found: TransportCapacity): Sheet {
  const steps = stepsInOrder(found);
  const { head, lines } = stepCells(capacity, steps);
  const align = (name: string) => (name === 'verdict' ? 'left' : 'right');
  return {
    title: nameOf(found.transport),
    columns: [...head, 'verdict'].map((name) => ({ group: '', name, rank: 1, align: align(name) })),
    rows: steps.map((step, place) =>
      [...(lines[place] ?? []), markOf(step)].map((text) => ({ text, isBest: false })),
    ),
  };
}
