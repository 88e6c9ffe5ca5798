import type { Fault, FaultResult, Report, Round, Spread } from '../../measurements.ts';
import { medianOf } from '../../stats/index.ts';
import { duration } from '../numbers.ts';
import { nameOf } from '../words/labels.ts';

/** What one fault of a scenario did to each transport. */
export interface FaultOutcome {
  readonly fault: Fault;
  readonly transports: readonly TransportOutcome[];
}

/** One transport's medians; null where no round tells. */
export interface TransportOutcome {
  readonly transport: string;
  readonly result: FaultResult | null;
  /** None of its rounds is valid: what became of the messages is counted nevertheless. */
  readonly isDoubtful: boolean;
}

/** Every fault of the scenario in turn, with what it did to each transport. */
export function outcomesOf({ scenario, summaries, rounds }: Report): FaultOutcome[] {
  return scenario.faults.map((fault, index) => ({
    fault,
    transports: summaries.map(({ transport }) => {
      const { told, isDoubtful } = tellingOf(rounds.filter((round) => round.transport === transport));
      return { transport, result: medianResult(told, index), isDoubtful };
    }),
  }));
}

/** The rounds that are told of: the valid ones, or all where none is. */
export function tellingOf(rounds: readonly Round[]): { told: readonly Round[]; isDoubtful: boolean } {
  const valid = rounds.filter((round) => round.valid);
  return valid.length > 0 || rounds.length === 0
    ? { told: valid, isDoubtful: false }
    : { told: rounds, isDoubtful: true };
}

/** A transport's name, with a mark where it is doubtful. */
export function markedName({
  transport,
  isDoubtful,
}: Pick<TransportOutcome, 'transport' | 'isDoubtful'>): string {
  return nameOf(transport) + (isDoubtful ? '?' : '');
}

/** One fault of some rounds, each figure the median of theirs; null where no round has it. */
export function medianResult(rounds: readonly Round[], index: number): FaultResult | null {
  const found = rounds.flatMap(({ faults }) => faults[index] ?? []);
  const [first] = found;
  if (first === undefined) return null;
  const middle = (of: (result: FaultResult) => number | null) =>
    medianOf(found.map(of).filter((value) => value !== null)) ?? null;
  const amount = (of: (result: FaultResult) => number) => middle(of) ?? 0;
  const spread = (of: (result: FaultResult) => Spread): Spread => ({
    clients: amount((result) => of(result).clients),
    p50Ms: middle((result) => of(result).p50Ms),
    p99Ms: middle((result) => of(result).p99Ms),
    maxMs: middle((result) => of(result).maxMs),
  });
  return {
    fault: first.fault,
    node: first.node,
    beganMs: middle(({ beganMs }) => beganMs),
    endedMs: middle(({ endedMs }) => endedMs),
    clientsNoticed: spread(({ clientsNoticed }) => clientsNoticed),
    serverNoticed: spread(({ serverNoticed }) => serverNoticed),
    recovered: spread(({ recovered }) => recovered),
    silentClients: amount(({ silentClients }) => silentClients),
    resumed: amount(({ resumed }) => resumed),
    reconnected: amount(({ reconnected }) => reconnected),
    failedAttempts: amount(({ failedAttempts }) => failedAttempts),
    expected: amount(({ expected }) => expected),
    delivered: amount(({ delivered }) => delivered),
    lost: amount(({ lost }) => lost),
    late: amount(({ late }) => late),
    duplicated: amount(({ duplicated }) => duplicated),
    firstLostMs: middle(({ firstLostMs }) => firstLostMs),
    lastLostMs: middle(({ lastLostMs }) => lastLostMs),
    peakCoreShare: middle(({ peakCoreShare }) => peakCoreShare),
    peakOpen: middle(({ peakOpen }) => peakOpen),
  };
}

/** Whether the whole run was about things that go wrong. */
export function hasFaults({ scenario }: Pick<Report, 'scenario'>): boolean {
  return scenario.faults.length > 0;
}

/** When a fault is there: `at 1 s for 2 s`, `from the start`. */
export function timeOf({ atMs, forMs, node }: Fault): string {
  const at = atMs === null ? 'from the start' : `at ${duration(atMs)}`;
  const length = forMs === null || forMs === 0 ? '' : ` for ${duration(forMs)}`;
  return `${at}${length}${node === 1 ? '' : ` on node ${node}`}`;
}

/** The share of what was due that a fault cost; null where nothing was due. */
export function lostShareOf({ lost, expected }: FaultResult): number | null {
  return expected === 0 ? null : lost / expected;
}

/** What Redis's absence does is told of the nodes. */
export function isOnlyRedis({ scenario }: Pick<Report, 'scenario'>): boolean {
  return scenario.faults.every(({ fault }) => fault.startsWith('redis-'));
}
