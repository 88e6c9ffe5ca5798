import type { FaultResult, Report, Round, Spread } from '../../measurements.ts';
import { metricOf } from '../../stats/index.ts';
import { medianOver } from '../medians.ts';
import { count, duration, figure, NONE } from '../numbers.ts';
import { type Sheet, sheetOf, type Told } from '../sheet.ts';
import { isSilent } from '../silence.ts';
import { inProse } from '../words/labels.ts';
import { listed } from '../words/text.ts';
import { markedName, medianResult, tellingOf, timeOf } from './outcome.ts';
import { NEVER, seconds } from './quantities.ts';

/** A transport while nothing is said and its peers vanish. */
interface Idler {
  readonly transport: string;
  readonly rounds: readonly Round[];
  readonly result: FaultResult | null;
  readonly isDoubtful: boolean;
}

/** Where nothing is said and something breaks: what signs of life cost, and how soon they tell; one sheet a fault. */
export function livenessSheets(report: Report): Sheet[] {
  if (!isSilent(report.scenario)) return [];
  return report.scenario.faults.map((fault, index) => {
    const title = `${fault.fault} ${timeOf(fault)}, nothing is said`;
    return sheetOf(title, idlersOf(report, index), columnsOf(report.scenario.clients));
  });
}

/** Who never finds out that the other side is gone. */
export function livenessSentences(report: Report): string[] {
  if (!isSilent(report.scenario)) return [];
  return report.scenario.faults.flatMap(({ fault }, index) => {
    const told = idlersOf(report, index).flatMap(({ transport, result, isDoubtful }) =>
      result === null || isDoubtful ? [] : [{ transport, result }],
    );
    const blind = (of: (result: FaultResult) => Spread) =>
      listed(
        told.filter(({ result }) => of(result).clients === 0).map(({ transport }) => inProse(transport)),
      );
    const clients = blind(({ clientsNoticed }) => clientsNoticed);
    const servers = blind(({ serverNoticed }) => serverNoticed);
    return [
      ...(clients === '' ? [] : [`No client of ${clients} noticed ${fault} within the window.`]),
      ...(servers === '' ? [] : [`The server of ${servers} never noticed it.`]),
      ...slowestOf(told, fault),
    ];
  });
}

function slowestOf(
  told: readonly { readonly transport: string; readonly result: FaultResult }[],
  fault: string,
): string[] {
  const sorted = told
    .flatMap(({ transport, result }) => {
      const ms = result.clientsNoticed.maxMs;
      return ms === null ? [] : [{ transport, ms }];
    })
    .toSorted((one, other) => one.ms - other.ms);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined || first === last) return [];
  return [
    `The last client noticed ${fault} after ${duration(first.ms)} by ${inProse(first.transport)}, after ${duration(last.ms)} by ${inProse(last.transport)}.`,
  ];
}

function idlersOf({ summaries, rounds }: Report, index: number): Idler[] {
  return summaries.map(({ transport }) => {
    const { told, isDoubtful } = tellingOf(rounds.filter((round) => round.transport === transport));
    return { transport, rounds: told, result: medianResult(told, index), isDoubtful };
  });
}

function columnsOf(clients: number): Told<Idler>[] {
  return [
    { group: '', name: 'transport', rank: 1, align: 'left', text: markedName },
    cost('CPU, ms', 4, 'serverCpuPerClientMinuteMs'),
    cost('requests', 6, 'requestsPerClientMinute'),
    cost('app, B', 5, 'appBytesPerClientMinute'),
    cost('wire, B', 7, 'wireBytesPerClientMinute'),
    ...noticed('clients noticed', 1, clients, ({ clientsNoticed }) => clientsNoticed),
    ...noticed('server noticed', 2, clients, ({ serverNoticed }) => serverNoticed),
  ];
}

function cost(name: string, rank: number, key: Parameters<typeof metricOf>[1]): Told<Idler> {
  const median = ({ rounds }: Idler) => medianOver(rounds, (round) => metricOf(round, key));
  return {
    ...{ group: 'per client and minute', name, rank },
    text: (idler) => figure(median(idler), 2),
    value: (idler) => (idler.isDoubtful ? null : median(idler)),
  };
}

function noticed(
  group: string,
  first: number,
  clients: number,
  of: (result: FaultResult) => Spread,
): Told<Idler>[] {
  const told = (name: string, rank: number, which: 'p50Ms' | 'maxMs'): Told<Idler> => ({
    ...{ group, name, rank },
    text({ result }) {
      if (result === null) return NONE;
      return of(result).clients === 0 ? NEVER : seconds(of(result)[which]);
    },
    value: ({ result, isDoubtful }) => (result === null || isDoubtful ? null : of(result)[which]),
  });
  return [
    {
      ...{ group, name: `of ${count(clients)}`, rank: 8 },
      text: ({ result }) => (result === null ? NONE : count(of(result).clients)),
    },
    told('p50, s', first, 'p50Ms'),
    told('max, s', 3, 'maxMs'),
  ];
}
