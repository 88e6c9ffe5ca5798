import type { MetricKey } from '../../measurements.ts';

/** What may not become worse than in the baseline, and by how much it may differ all the same. */
export interface Rule {
  readonly metric: MetricKey;
  /** It hangs on what crosses and not on time, so that it is the same on every machine. */
  readonly isExact: boolean;
  /** As a share. */
  readonly margin: number;
}

/** Fewer valid rounds on either side give no interval. */
export const FEWEST_ROUNDS = 3;

const EXACT_MARGIN = 0.01;
/** Where too few rounds give no interval, chance may be in it. */
const EXACT_MARGIN_WITHOUT_INTERVAL = 0.05;
const LATENCY_MARGIN = 0.25;
const COST_MARGIN = 0.15;

/** The rules; `margin` takes the place of those of what is timed. Where no message is due, costs are by client and minute. */
export function rulesFor(isSilent: boolean, hasIntervals: boolean, margin: number | null): Rule[] {
  const exact: readonly MetricKey[] = isSilent
    ? ['appBytesPerClientMinute', 'wireBytesPerClientMinute', 'requestsPerClientMinute']
    : ['deliveredRatio', 'appBytesPerMessage', 'wireBytesPerMessage', 'requestsPerMessage'];
  const latency: readonly MetricKey[] = ['latencyP50Ms', 'latencyP99Ms'];
  const costs: readonly MetricKey[] = isSilent
    ? ['serverCpuPerClientMinuteMs', 'memoryPerClientBytes']
    : ['serverCpuPerMessageYardsticks', 'memoryPerClientBytes'];
  const exactMargin = hasIntervals ? EXACT_MARGIN : EXACT_MARGIN_WITHOUT_INTERVAL;
  return [
    ...exact.map((metric) => ({ metric, isExact: true, margin: exactMargin })),
    ...latency.map((metric) => ({ metric, isExact: false, margin: margin ?? LATENCY_MARGIN })),
    ...costs.map((metric) => ({ metric, isExact: false, margin: margin ?? COST_MARGIN })),
  ];
}
