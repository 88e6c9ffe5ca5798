import type { Churn, Round } from '../../../../measurements.ts';
import { known, medianOver, withInterval } from '../../../medians.ts';
import { count, duration } from '../../../numbers.ts';

/** Who left and came back, and what that took; counts over all rounds, the rest as medians over the valid ones. */
export function churnParts(all: readonly Round[], valid: readonly Round[]): string[] {
  const total = (what: 'joins' | 'leaves' | 'cuts' | 'missed' | 'failed') =>
    all.reduce((sum, { churn }) => sum + (churn?.[what] ?? 0), 0);
  const over = (of: (churn: Churn) => number | null) =>
    medianOver(valid, ({ churn }) => (churn === null ? null : of(churn)));
  const time = (of: (churn: Churn) => number | null) => known(over(of), duration);
  const recovered = over(({ stormRecoveredMs }) => stormRecoveredMs);
  return [
    `${count(total('leaves'))} left in good order`,
    ...(total('cuts') === 0
      ? []
      : [
          `${count(total('cuts'))} were cut off and missed ${count(total('missed'))} messages (on purpose: not counted as lost)`,
        ]),
    `${count(total('joins'))} came back${total('failed') === 0 ? '' : ` after ${count(total('failed'))} attempts that failed`}`,
    `within p50 ${time(({ connectP50Ms }) => connectP50Ms)}, p99 ${time(({ connectP99Ms }) => connectP99Ms)}, max ${time(({ connectMaxMs }) => connectMaxMs)}`,
    ...(recovered === undefined ? [] : [`all were back ${duration(recovered)} after the cut`]),
    ...(over(({ serverCpuPerConnectUs }) => serverCpuPerConnectUs) === undefined
      ? []
      : [`${withInterval(valid, 'serverCpuPerConnectUs', ' µs')} of server CPU each`]),
    `at most ${known(
      over(({ peakOpen }) => peakOpen),
      count,
    )} sockets at once`,
  ];
}
