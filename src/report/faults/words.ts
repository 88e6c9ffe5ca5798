import type { FaultResult, Report } from '../../measurements.ts';
import { count, duration, percentage } from '../numbers.ts';
import { inProse } from '../words/labels.ts';
import { mediansOf } from '../words/standing.ts';
import { capital, counted, listed } from '../words/text.ts';
import { type FaultOutcome, lostShareOf, outcomesOf } from './outcome.ts';

/** Differences in coming back below this are not worth a sentence. */
const TELLING_RATIO = 1.5;

interface Told {
  readonly transport: string;
  readonly result: FaultResult;
}

/** expected = delivered + lost, over all rounds; says so where it does not hold. */
export function conservationOf({ rounds }: Pick<Report, 'rounds'>): string {
  const sum = (of: (delivery: Report['rounds'][number]['delivery']) => number) =>
    rounds.reduce((total, { delivery }) => total + of(delivery), 0);
  const [expected, delivered, lost] = [
    sum((delivery) => delivery.expected),
    sum((delivery) => delivery.delivered),
    sum((delivery) => delivery.lost),
  ];
  if (expected === 0) return '';
  const holds = rounds.every(({ delivery }) => delivery.expected === delivery.delivered + delivery.lost);
  const equation = `${count(expected)} expected = ${count(delivered)} delivered + ${count(lost)} lost`;
  return holds
    ? `Every message is accounted for: ${equation}${rounds.length > 1 ? ', and so in each round' : ''}.`
    : `Not every message is accounted for: ${equation.replace('=', '≠')}. Please report it.`;
}

/** What the faults mean for who must choose, one sentence a finding. */
export function faultSentences(report: Report): string[] {
  return [...outcomesOf(report).flatMap(findingOf), ...faultVerdict(report)];
}

/** All faults together: who comes back whole, and who lost how much. */
export function faultVerdict(report: Report): string[] {
  return [...wholenessOf(outcomesOf(report)), ...totalOf(report)];
}

function findingOf({ fault, transports }: FaultOutcome): string[] {
  const told = transports.flatMap(({ transport, result, isDoubtful }) =>
    result === null || isDoubtful ? [] : [{ transport, result }],
  );
  const bySorrow = told.toSorted((one, other) => sorrowOf(one.result) - sorrowOf(other.result));
  const least = bySorrow[0];
  const most = bySorrow.at(-1);
  if (least === undefined || most === undefined || least === most || most.result.expected === 0) return [];
  if (most.result.lost === 0 && most.result.silentClients === 0) {
    return slownessOf(fault.fault, told);
  }
  const unhurt = told.filter(({ result }) => result.lost === 0 && result.silentClients === 0);
  const others =
    unhurt.length > 1
      ? `${listed(unhurt.map(prose))} lost nothing`
      : `${prose(least)} ${fateOf(least.result)}`;
  return [`After ${fault.fault} ${prose(most)} ${fateOf(most.result)}; ${others}.`];
}

/** What a fault cost: first what was lost, then how long it took. */
function sorrowOf({ lost, expected, silentClients, recovered }: FaultResult): number {
  const share = expected === 0 ? 0 : lost / expected;
  return (share + (silentClients > 0 ? 1 : 0)) * 1e9 + (recovered.p50Ms ?? 0);
}

/** `lost 4.1% and came back in 310 ms`. */
function fateOf(result: FaultResult): string {
  const { lost, recovered, silentClients, endedMs } = result;
  const share = lost === 0 ? 'nothing' : `${percentage(lostShareOf(result))}%`;
  if (endedMs === null) return `lost ${share}`;
  if (recovered.clients === 0) return `lost ${share} and did not come back`;
  const slow = silentClients === 0 ? '' : `, ${counted(Math.round(silentClients), 'client')} not at all`;
  return `lost ${share} and came back in ${duration(recovered.p50Ms ?? 0)}${slow}`;
}

/** Where nobody lost anything, who was back first and who last. */
function slownessOf(fault: string, told: readonly Told[]): string[] {
  const back = told
    .filter(({ result }) => result.recovered.p50Ms !== null)
    .toSorted((one, other) => timeBack(one) - timeBack(other));
  const first = back[0];
  const last = back.at(-1);
  if (first === undefined || last === undefined || timeBack(last) < TELLING_RATIO * timeBack(first))
    return [];
  return [
    `After ${fault} nobody lost anything; ${prose(first)} heard again in ${duration(timeBack(first))}, ${prose(last)} in ${duration(timeBack(last))}.`,
  ];
}

function timeBack({ result }: Told): number {
  return result.recovered.p50Ms ?? 0;
}

/** Who comes back with what it missed, and who as a newcomer. */
function wholenessOf(outcomes: readonly FaultOutcome[]): string[] {
  const back = new Map<string, { resumed: number; reconnected: number }>();
  for (const { transport, result, isDoubtful } of outcomes.flatMap(({ transports }) => transports)) {
    if (result === null || isDoubtful) continue;
    const { resumed, reconnected } = back.get(transport) ?? { resumed: 0, reconnected: 0 };
    back.set(transport, {
      resumed: resumed + result.resumed,
      reconnected: reconnected + result.reconnected,
    });
  }
  const names = (is: (resumed: number, reconnected: number) => boolean) =>
    [...back].flatMap(([transport, one]) => (is(one.resumed, one.reconnected) ? [inProse(transport)] : []));
  const whole = names((resumed, reconnected) => resumed > reconnected);
  const anew = names((resumed, reconnected) => reconnected > 0 && reconnected >= resumed);
  const clauses = [
    ...(whole.length === 0 ? [] : [`${listed(whole)} mostly came back with what they had missed`]),
    ...(anew.length === 0
      ? []
      : [`${listed(anew)} ${whole.length === 0 ? 'mostly came back' : 'mostly'} as newcomers`]),
  ];
  return clauses.length === 0 ? [] : [`${capital(clauses.join(', '))}.`];
}

function totalOf({ summaries }: Report): string[] {
  const lost = mediansOf(summaries, 'lostRatio').toSorted((one, other) => one.median - other.median);
  const [least, most] = [lost[0], lost.at(-1)];
  if (least === undefined || most === undefined || least === most || most.median === 0) return [];
  return [
    `Over the whole window ${prose(least)} lost ${share(least.median)} of what was due, ${prose(most)} ${share(most.median)}.`,
  ];
}

function share(ratio: number): string {
  return ratio === 0 ? 'nothing' : `${percentage(ratio)}%`;
}

function prose({ transport }: { readonly transport: string }): string {
  return inProse(transport);
}
