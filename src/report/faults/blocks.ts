import type { FaultResult, Report, Round, Spread } from '../../measurements.ts';
import { count, duration, NONE, percentage } from '../numbers.ts';
import { wrap } from '../words/text.ts';
import type { Look } from '../writer.ts';
import { lostShareOf, medianResult, tellingOf, timeOf } from './outcome.ts';
import { isServerAway, isUnnoticeable, NEVER } from './quantities.ts';
import { markOf } from './series.ts';

const LABEL_WIDTH = 13;

/** A subject of a fault's block, and what is known of it. */
export interface BlockFact {
  readonly label: string;
  readonly parts: readonly string[];
}

/** Each fault of one transport's rounds in a block of its own. */
export function blockLines(report: Report, look: Look): string[][] {
  const { told: rounds } = tellingOf(report.rounds);
  return report.scenario.faults.map((fault, index) => {
    const title = `${markOf(index)}  ${fault.fault} ${timeOf(fault)}`;
    const facts = factsOf(rounds, index);
    const told = facts.length === 0 ? ['no round tells what it did'] : linesOf(facts, look);
    return [...wrap(title, look.columns).map((line) => look.chalk.bold(line)), ...told];
  });
}

function linesOf(facts: readonly BlockFact[], { columns, chalk }: Look): string[] {
  return facts.flatMap(({ label, parts }) =>
    wrap(parts.join(' · '), columns - LABEL_WIDTH, ' · ').map(
      (line, index) => chalk.dim((index === 0 ? `   ${label}` : '').padEnd(LABEL_WIDTH)) + line,
    ),
  );
}

/** What a fault did, subject by subject; empty where no round tells. */
export function factsOf(rounds: readonly Round[], index: number): BlockFact[] {
  const result = medianResult(rounds, index);
  if (result === null) return [];
  const { clients } = rounds[0] ?? { clients: 0 };
  return [
    {
      label: 'noticed',
      parts: [
        `clients ${spreadOf(result.clientsNoticed, clients, isUnnoticeable(result))}`,
        `server ${spreadOf(result.serverNoticed, clients, isServerAway(result))}`,
      ],
    },
    ...(result.expected === 0 || result.endedMs === null
      ? []
      : [{ label: 'recovered', parts: recoveryParts(result, clients) }]),
    {
      label: 'came back',
      parts: [
        `${count(result.resumed)} with what they had missed`,
        `${count(result.reconnected)} as newcomers`,
        `${count(result.failedAttempts)} attempts failed`,
      ],
    },
    ...(result.expected === 0 ? [] : [{ label: 'messages', parts: messageParts(rounds, index, result) }]),
    ...serverFact(result),
  ];
}

/** `50 of 50, p50 310 ms, p99 0.8 s, at most 0.9 s`. */
function spreadOf({ clients, p50Ms, p99Ms, maxMs }: Spread, all: number, isVoid = false): string {
  if (clients === 0) return isVoid ? NONE : NEVER;
  const time = (ms: number | null) => (ms === null ? NONE : duration(ms));
  const times =
    p50Ms === maxMs ? time(maxMs) : `p50 ${time(p50Ms)}, p99 ${time(p99Ms)}, at most ${time(maxMs)}`;
  return `${count(clients)} of ${count(all)}, ${times}`;
}

function recoveryParts({ recovered, silentClients }: FaultResult, clients: number): string[] {
  return [
    `first message after the end: ${spreadOf(recovered, clients)}`,
    ...(silentClients > 0 ? [`${count(silentClients)} heard nothing until the next fault`] : []),
  ];
}

/** Sums over all rounds, so that they add up. */
function messageParts(rounds: readonly Round[], index: number, middle: FaultResult): string[] {
  const found = rounds.flatMap(({ faults }) => faults[index] ?? []);
  const sum = (of: (result: FaultResult) => number) =>
    count(found.reduce((total, result) => total + of(result), 0));
  const { firstLostMs, lastLostMs } = middle;
  const when =
    firstLostMs === null || lastLostMs === null
      ? []
      : [`lost were due from ${duration(firstLostMs)} to ${duration(lastLostMs)}`];
  const equation = `${sum(({ expected }) => expected)} expected = ${sum(({ delivered }) => delivered)} delivered`;
  return [
    `${equation} + ${sum(({ lost }) => lost)} lost (${percentage(lostShareOf(middle))}%)`,
    ...when,
    `${sum(({ late }) => late)} late`,
    `${sum(({ duplicated }) => duplicated)} duplicated`,
  ];
}

function serverFact({ peakCoreShare, peakOpen }: FaultResult): BlockFact[] {
  const parts = [
    ...(peakCoreShare === null ? [] : [`peak ${percentage(peakCoreShare)}% of a core`]),
    ...(peakOpen === null ? [] : [`${count(peakOpen)} connections open at most`]),
  ];
  return parts.length === 0 ? [] : [{ label: 'server', parts }];
}
