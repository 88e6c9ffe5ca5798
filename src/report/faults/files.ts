import { markdownTable } from 'markdown-table';
import type { FaultResult, Report, Round } from '../../measurements.ts';
import { outageOf } from '../cluster/redis.ts';
import type { CsvColumn } from '../files/csv-column.ts';
import { escaped, sheetTable } from '../files/markup.ts';
import { livenessSheets } from './liveness.ts';
import { faultGroupsOf, namesOf } from './matrix.ts';
import { isOnlyRedis } from './outcome.ts';

type Cell = number | null;

const RESULT_COLUMNS: Readonly<Record<string, (result: FaultResult) => Cell>> = {
  beganMs: ({ beganMs }) => beganMs,
  endedMs: ({ endedMs }) => endedMs,
  clientsNoticed: ({ clientsNoticed }) => clientsNoticed.clients,
  clientsNoticedP50Ms: ({ clientsNoticed }) => clientsNoticed.p50Ms,
  clientsNoticedMaxMs: ({ clientsNoticed }) => clientsNoticed.maxMs,
  serverNoticed: ({ serverNoticed }) => serverNoticed.clients,
  serverNoticedP50Ms: ({ serverNoticed }) => serverNoticed.p50Ms,
  serverNoticedMaxMs: ({ serverNoticed }) => serverNoticed.maxMs,
  recovered: ({ recovered }) => recovered.clients,
  recoveredP50Ms: ({ recovered }) => recovered.p50Ms,
  recoveredP99Ms: ({ recovered }) => recovered.p99Ms,
  recoveredMaxMs: ({ recovered }) => recovered.maxMs,
  silentClients: ({ silentClients }) => silentClients,
  resumed: ({ resumed }) => resumed,
  reconnected: ({ reconnected }) => reconnected,
  failedAttempts: ({ failedAttempts }) => failedAttempts,
  expected: ({ expected }) => expected,
  delivered: ({ delivered }) => delivered,
  lost: ({ lost }) => lost,
  late: ({ late }) => late,
  duplicated: ({ duplicated }) => duplicated,
  firstLostMs: ({ firstLostMs }) => firstLostMs,
  lastLostMs: ({ lastLostMs }) => lastLostMs,
  peakCoreShare: ({ peakCoreShare }) => peakCoreShare,
  peakOpen: ({ peakOpen }) => peakOpen,
};

const OUTAGE_COLUMNS: Readonly<Record<string, (outage: NonNullable<ReturnType<typeof outageOf>>) => Cell>> = {
  localBefore: ({ before }) => before.local,
  localDuring: ({ during }) => during.local,
  localAfter: ({ after }) => after.local,
  remoteBefore: ({ before }) => before.remote,
  remoteDuring: ({ during }) => during.remote,
  remoteAfter: ({ after }) => after.remote,
  wholeAgainMs: ({ wholeAgainMs }) => wholeAgainMs,
  staleMaxMs: ({ staleMaxMs }) => staleMaxMs,
};

/** `1.server-kill.lost` and the like for each fault, in turn; empty where there are none. */
export function faultColumns(rounds: readonly Round[]): CsvColumn[] {
  const told = rounds.find(({ faults }) => faults.length > 0);
  return (told?.faults ?? []).flatMap(({ fault }, index) => {
    const named = (name: string, cell: CsvColumn['cell']) => ({
      name: `${index + 1}.${fault}.${name}`,
      cell,
    });
    const results = Object.entries(RESULT_COLUMNS).map(([name, of]) =>
      named(name, ({ faults }) => {
        const result = faults[index];
        return result === undefined ? null : of(result);
      }),
    );
    if (!fault.startsWith('redis-')) return results;
    const outages = Object.entries(OUTAGE_COLUMNS).map(([name, of]) =>
      named(name, (round) => {
        const outage = outageOf(round, index);
        return outage === undefined ? null : of(outage);
      }),
    );
    return [...results, ...outages];
  });
}

/** Fault × transport in Markdown; or what signs of life tell, where nothing else is said. */
export function faultTables(report: Report): string[] {
  const sheets = livenessSheets(report);
  if (sheets.length > 0) return sheets.map(sheetTable);
  return isOnlyRedis(report) ? [] : [matrixTable(report)];
}

function matrixTable(report: Report): string {
  const head = ['fault', '', ...namesOf(report)];
  const lines = faultGroupsOf(report).flatMap(({ fault, time, lines }) =>
    lines.map(({ name, cells }, index) => [
      index === 0 ? escaped(`${fault} ${time}`) : '',
      escaped(name),
      ...cells.map(({ text, isBest }) => (isBest ? `**${escaped(text)}**` : escaped(text))),
    ]),
  );
  const align = head.map((_, place) => (place < 2 ? 'l' : 'r'));
  return markdownTable([head.map(escaped), ...lines], { align });
}
