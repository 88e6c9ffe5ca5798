import type { HistoryCost, Round } from '../../../../measurements.ts';
import { known, medianOver } from '../../../medians.ts';
import { count, duration, figure } from '../../../numbers.ts';

/** What storing the messages came to: counts over all rounds together, costs as medians. */
export function historyParts(rounds: readonly Round[]): string[] {
  const histories = rounds.flatMap(({ history }) => (history === null ? [] : [history]));
  const [first] = histories;
  if (first === undefined) return [];
  const total = (of: (history: HistoryCost) => number) =>
    count(histories.reduce((sum, history) => sum + of(history), 0));
  const median = (of: (history: HistoryCost) => number | null) =>
    medianOver(rounds, ({ history }) => (history === null ? null : of(history)));
  const cpuUs = median(({ cpuUsPerMessage }) => cpuUsPerMessage);
  return [
    `${first.store} ${first.mode}`,
    `${total(({ stored }) => stored)} stored`,
    `${total(({ lost }) => lost)} lost`,
    cpuUs === undefined
      ? "its CPU cannot be told from the server's other work"
      : `${figure(cpuUs, 2)} µs of server CPU per stored message`,
    `a batch took ${known(
      median(({ batchMeanMs }) => batchMeanMs),
      duration,
    )}`,
    `${total(({ given }) => given)} given to newcomers`,
  ];
}
