import { METRIC_KEYS, type PhaseResult, type Report, type Round } from '../../measurements.ts';
import { driverBytesPerClient, driverUsPerMessage, metricOf } from '../../stats/index.ts';
import { clusterColumns } from '../cluster/files.ts';
import { faultColumns } from '../faults/files.ts';
import { phaseFigures } from '../phases.ts';
import { clean } from '../words/text.ts';
import type { Writer } from '../writer.ts';
import type { Cell, CsvColumn } from './csv-column.ts';

const IDENTITY: readonly CsvColumn[] = [
  { name: 'transport', cell: ({ transport }) => transport },
  { name: 'round', cell: ({ round }) => round },
  { name: 'valid', cell: ({ valid }) => valid },
  { name: 'flags', cell: ({ flags }) => [...new Set(flags.map(({ code }) => code))].join(' ') },
  { name: 'clients', cell: ({ clients }) => clients },
  { name: 'windowMs', cell: ({ windowMs }) => windowMs },
];

const DELIVERY: readonly CsvColumn[] = [
  { name: 'published', cell: ({ delivery }) => delivery.published },
  { name: 'expected', cell: ({ delivery }) => delivery.expected },
  { name: 'delivered', cell: ({ delivery }) => delivery.delivered },
  { name: 'conflated', cell: ({ delivery }) => delivery.conflated },
  { name: 'lost', cell: ({ delivery }) => delivery.lost },
  { name: 'duplicated', cell: ({ delivery }) => delivery.duplicated },
  { name: 'reordered', cell: ({ delivery }) => delivery.reordered },
  { name: 'arrivedInWindow', cell: ({ delivery }) => delivery.arrivedInWindow },
  { name: 'requests', cell: ({ requests }) => requests },
  { name: 'emptyResponses', cell: ({ emptyResponses }) => emptyResponses },
];

const RAW: readonly CsvColumn[] = [
  { name: 'latencySamples', cell: ({ latency }) => latency.samples },
  { name: 'crowdLatencyP50Ms', cell: ({ crowdLatency }) => crowdLatency.p50Ms },
  { name: 'crowdLatencyP99Ms', cell: ({ crowdLatency }) => crowdLatency.p99Ms },
  { name: 'payloadBytes', cell: ({ bytes }) => bytes.payload },
  { name: 'appBytesUp', cell: ({ bytes }) => bytes.appUp },
  { name: 'appBytesDown', cell: ({ bytes }) => bytes.appDown },
  { name: 'serverCpuUserUs', cell: ({ server }) => server.cpuUserUs },
  { name: 'serverCpuSystemUs', cell: ({ server }) => server.cpuSystemUs },
  { name: 'serverRssBytes', cell: ({ server }) => server.rssBytes },
  { name: 'serverSlipP99Ms', cell: ({ server }) => server.slipP99Ms },
  { name: 'driverCpuUs', cell: ({ driver }) => driver.cpuUs },
  { name: 'driverCpuPerMessageUs', cell: driverUsPerMessage },
  { name: 'driverMemoryPerClientBytes', cell: driverBytesPerClient },
  { name: 'modelAppUpPerMessage', cell: ({ model }) => model?.appUpPerMessage ?? null },
  { name: 'modelAppDownPerMessage', cell: ({ model }) => model?.appDownPerMessage ?? null },
  { name: 'modelRequestsPerMessage', cell: ({ model }) => model?.requestsPerMessage ?? null },
  { name: 'modelLatencyMeanMs', cell: ({ model }) => model?.latencyMeanMs ?? null },
];

/** The columns of a CSV file: who, what was delivered, each metric under its key in the report, raw counts. */
const CSV_COLUMNS: readonly CsvColumn[] = [
  ...IDENTITY,
  ...DELIVERY,
  ...METRIC_KEYS.map((key) => ({ name: key, cell: (round: Round) => metricOf(round, key) })),
  ...RAW,
];

/** One line a round, invalid ones included; a figure that could not be had is an empty cell. */
export const csv: Writer = (report) =>
  csvText(csvLines(report.rounds, [...phaseColumns(report), ...troubleColumns(report.rounds)]));

/** What faults did and what passed between nodes; empty where there was neither. */
export function troubleColumns(rounds: readonly Round[]): CsvColumn[] {
  return [...faultColumns(rounds), ...clusterColumns(rounds)];
}

/** The head, then the cells of each round. */
export function csvLines(rounds: readonly Round[], further: readonly CsvColumn[] = []): Cell[][] {
  const columns = [...CSV_COLUMNS, ...further];
  return [columns.map(({ name }) => name), ...rounds.map((round) => columns.map(({ cell }) => cell(round)))];
}

/** `burst.latencyP50Ms` and the like, for each phase. */
function phaseColumns({ scenario }: Report): CsvColumn[] {
  const lost = { key: 'lost', of: (phase: PhaseResult) => phase.lost };
  return scenario.phases.flatMap((phase, index) =>
    [lost, ...phaseFigures].map(({ key, of }) => ({
      name: `${phase.name}.${key}`,
      cell({ phases }: Round) {
        const found = phases[index];
        return found === undefined ? null : of(found);
      },
    })),
  );
}

/** Lines of cells as RFC 4180 has them. */
export function csvText(lines: readonly (readonly Cell[])[]): string {
  return lines.map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('');
}

/** Spreadsheets run a text that begins like a formula; an apostrophe keeps it a text. */
function quoted(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const text = clean(cell);
  const safe = /^[=+\-@]/.test(text) && !Number.isFinite(Number(text)) ? `'${text}` : text;
  return /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
