import type { Comparison, MetricKey, Report, Round, Summary } from '../measurements.ts';
import { metrics } from '../stats/index.ts';
import { figure, NONE, percentage, ratioFigures } from './numbers.ts';
import { isSilent, silentCpu } from './silence.ts';
import { nameOf } from './words/labels.ts';
import { type CpuUnit, cpuUnits } from './writer.ts';

/** One transport's line of the table. */
export interface Row {
  readonly summary: Summary;
  /** Share of all expected deliveries that were lost, invalid rounds included; null where none was due. */
  readonly lostShare: number | null;
  /** Its ratios to the transport that the others are compared with; empty for that one. */
  readonly ratios: ReadonlyMap<MetricKey, Comparison>;
  readonly isYardstick: boolean;
  /** Some of its rounds are invalid, or most of them bear a flag. */
  readonly isDoubtful: boolean;
}

/** One column of the comparison, whatever it is printed on. */
export interface Column {
  /** Neighbours of one group share a head. */
  readonly group: string;
  readonly name: string;
  readonly unit: string;
  /** The lower, the longer it is kept as room shrinks. */
  readonly rank: number;
  /** Numbers stand on their decimal point, ratios in parts from the left. */
  readonly kind: 'number' | 'ratio';
  /** The rank of the fuller column that takes this one's place when there is room for it. */
  readonly until?: number;
  cell(row: Row): readonly string[];
  /** What the best of the column is judged by; absent where none is. */
  value?(row: Row): number | undefined;
  /** The 95% interval as it is shown where there is room for it; empty where there is none. */
  interval?(row: Row): string;
}

const ARROWS = { higher: '▲', lower: '▼', indistinguishable: '' } as const;
const BESIDE_ONE = { higher: '>1', lower: '<1', indistinguishable: '1.00' } as const;
const INTERVAL_RANK = 10;
const PER_MESSAGE = 'per message';
const COMING_BACK = 'coming back';
const LEDGER_RANK = 12;

/** The table's columns, left to right, without those that nobody has a figure for. */
export function columnsOf(report: Report, cpu: CpuUnit = cpuUnits.us): Column[] {
  const against = report.comparisons[0]?.against;
  const silent = isSilent(report.scenario);
  const ratios =
    against === undefined ? [] : ratioColumns(nameOf(against), silent ? SILENT : measuredBy(cpu));
  const columns = [...(silent ? silentColumns() : measured(report, cpu)), ...ratios];
  const rows = rowsOf(report).filter(({ summary }) => summary.validRounds > 0);
  return columns.filter((column) => rows.some((row) => column.cell(row)[0] !== NONE));
}

/** The table's rows, in the report's order. */
export function rowsOf({ summaries, comparisons, rounds }: Report): Row[] {
  const roundsOf = (transport: string) => rounds.filter((round) => round.transport === transport);
  // What most rounds of every transport bear sets none of them apart; the notes tell it.
  const allFlagged = summaries.every(({ transport }) => mostlyFlagged(roundsOf(transport)));
  return summaries.map((summary) => {
    const { transport } = summary;
    const own = roundsOf(transport);
    const ratios = comparisons.filter((comparison) => comparison.transport === transport);
    return {
      summary,
      lostShare: lostShareOf(own),
      ratios: new Map(ratios.map((comparison) => [comparison.metric, comparison])),
      isYardstick: comparisons.some(({ against }) => against === transport),
      isDoubtful: summary.validRounds < summary.rounds || (mostlyFlagged(own) && !allFlagged),
    };
  });
}

/** The columns that fit once those of a higher rank are left out. */
export function upToRank(columns: readonly Column[], rank: number): Column[] {
  return columns.filter((column) => column.rank <= rank && (column.until ?? Infinity) > rank);
}

function measured(report: Report, cpu: CpuUnit): Column[] {
  const server = 'server CPU';
  return [
    number('latency', 'p50', 'ms', 1, 'latencyP50Ms'),
    number('latency', 'p90', 'ms', 15, 'latencyP90Ms'),
    number('latency', 'p99', 'ms', 5, 'latencyP99Ms'),
    number('staleness', 'p99', 'ms', 6, 'stalenessP99Ms'),
    {
      ...{ group: '', name: 'lost', unit: '%', rank: 7, kind: 'number' },
      cell: ({ lostShare }) => [percentage(lostShare)],
    },
    ...byteColumns(report),
    number(PER_MESSAGE, 'requests', '', 9, 'requestsPerMessage'),
    number(PER_MESSAGE, 'CPU', cpu.unit, 3, cpu.metric),
    number(server, 'marginal', 'µs', 14, 'serverCpuMarginalUs'),
    number(server, 'fixed', '%', 14, 'serverCpuFixedPercent'),
    number('memory', '/client', 'KB', 8, 'memoryPerClientBytes', (value) => figure(value / 1000, 2)),
    number('connect', 'p50', 'ms', 11, 'connectP50Ms'),
    number(COMING_BACK, 'p99', 'ms', 6, 'reconnectP99Ms'),
    number(COMING_BACK, 'storm', 'ms', 6, 'stormRecoveredMs'),
    number(COMING_BACK, 'CPU', 'µs', 8, 'serverCpuPerConnectUs'),
  ];
}

/** Where nothing is said: what one client costs in a minute, and what it holds. */
function silentColumns(): Column[] {
  const group = 'per client and minute';
  const kilobytes = (value: number) => figure(value / 1000, 2);
  return [
    number(group, 'CPU', silentCpu.unit, 1, silentCpu.metric),
    number(group, 'requests', '', 6, 'requestsPerClientMinute'),
    number(group, 'app', 'B', 4, 'appBytesPerClientMinute'),
    number(group, 'wire', 'B', 3, 'wireBytesPerClientMinute'),
    number('memory per client', 'heap', 'KB', 2, 'memoryPerClientBytes', kilobytes),
    number('memory per client', 'RSS', 'KB', 7, 'rssPerClientBytes', kilobytes),
    number('connect', 'p50', 'ms', 11, 'connectP50Ms'),
  ];
}

/** The ledger of a message: what its protocol adds to the payload, what TCP and IP add to that, and the sum. */
function byteColumns({ scenario, summaries }: Report): Column[] {
  const part = (name: string, of: (metrics: Summary['metrics']) => number | undefined): Column => {
    const value = ({ summary }: Row) => of(summary.metrics);
    const cell = (row: Row) => [figure(value(row), 2)];
    return { group: PER_MESSAGE, name, unit: 'B', rank: LEDGER_RANK, kind: 'number', cell, value };
  };
  const app = ({ appBytesPerMessage }: Summary['metrics']) => appBytesPerMessage?.median;
  const wire = ({ wireBytesPerMessage }: Summary['metrics']) => wireBytesPerMessage?.median;
  const protocol = part('protocol', (metrics) => less(app(metrics), scenario.payloadBytes));
  const isWired = summaries.some(({ metrics }) => wire(metrics) !== undefined);
  if (!isWired) return [protocol, number(PER_MESSAGE, 'app', 'B', 6, 'appBytesPerMessage')];
  const tcpIp = part('TCP/IP', (metrics) => less(wire(metrics), app(metrics)));
  return [protocol, tcpIp, number(PER_MESSAGE, 'wire', 'B', 6, 'wireBytesPerMessage')];
}

function less(from: number | undefined, amount: number | undefined): number | undefined {
  return from === undefined || amount === undefined ? undefined : from - amount;
}

/** What ratios are told of: a name, the metric, and the column's rank. */
type Told = readonly [name: string, metric: MetricKey, rank: number];

const measuredBy = (cpu: CpuUnit): readonly Told[] => [
  ['p50', 'latencyP50Ms', 2],
  ['CPU', cpu.metric, 4],
];
const SILENT: readonly Told[] = [
  ['CPU', silentCpu.metric, 2],
  ['heap', 'memoryPerClientBytes', 5],
];

function ratioColumns(against: string, told: readonly Told[]): Column[] {
  const group = `against ${against}`;
  return told.flatMap(([name, metric, rank]) => {
    const column = { group, name, unit: '', kind: 'ratio' as const };
    return [
      { ...column, rank, until: INTERVAL_RANK, cell: (row: Row) => ratioCell(row, metric).slice(0, 2) },
      { ...column, rank: INTERVAL_RANK, unit: '95% interval', cell: (row: Row) => ratioCell(row, metric) },
    ];
  });
}

function number(
  group: string,
  name: string,
  unit: string,
  rank: number,
  metric: MetricKey,
  show = (value: number) => figure(value, metrics[metric].digits),
): Column {
  const cell = ({ summary }: Row) => {
    const estimate = summary.metrics[metric];
    return [estimate === undefined ? NONE : show(estimate.median)];
  };
  const value = ({ summary }: Row) => summary.metrics[metric]?.median;
  const interval = ({ summary }: Row) => {
    const { low = null, high = null } = summary.metrics[metric] ?? {};
    return low === null || high === null ? '' : `${show(low)}–${show(high)}`;
  };
  return { group, name, unit, rank, kind: 'number', cell, value, interval };
}

function mostlyFlagged(rounds: readonly Round[]): boolean {
  return rounds.filter(({ flags }) => flags.length > 0).length > rounds.length / 2;
}

function lostShareOf(rounds: readonly Round[]): number | null {
  const expected = rounds.reduce((sum, { delivery }) => sum + delivery.expected, 0);
  const lost = rounds.reduce((sum, { delivery }) => sum + delivery.lost, 0);
  return expected === 0 ? null : lost / expected;
}

function ratioCell({ ratios, isYardstick }: Row, metric: MetricKey): string[] {
  if (isYardstick) return ['1', '', ''];
  const found = ratios.get(metric);
  return found === undefined ? [NONE, '', ''] : ratioParts(found);
}

/** A ratio as it is read: its figure or ≈, an arrow where it is told apart, its interval. */
export function ratioParts({ ratio, low, high, verdict }: Comparison): string[] {
  const [middle, from, to] = ratioFigures([ratio, ...(low === null || high === null ? [] : [low, high])]);
  // An interval that leaves 1 out must not read as if it reached it.
  const shown = (bound: string | undefined) => (bound === '1.00' ? BESIDE_ONE[verdict] : bound);
  const interval = from === undefined ? '' : `${shown(from)}–${shown(to)}`;
  const same = verdict === 'indistinguishable' && low !== null;
  return [same ? '≈' : `×${middle}`, ARROWS[verdict], interval];
}
