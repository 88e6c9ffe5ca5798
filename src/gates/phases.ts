import type { PhaseResult } from '../measurements.ts';
import type { PhaseFigureName } from '../plan/thresholds/threshold.ts';

const OF: Readonly<Record<PhaseFigureName, (phase: PhaseResult) => number | null>> = {
  latencyP50Ms: ({ latency }) => latency.p50Ms,
  latencyP90Ms: ({ latency }) => latency.p90Ms,
  latencyP99Ms: ({ latency }) => latency.p99Ms,
  latencyMaxMs: ({ latency }) => latency.maxMs,
  latencyMeanMs: ({ latency }) => latency.meanMs,
  appBytesPerMessage: ({ appUp, appDown, arrived }) => over(appUp + appDown, arrived),
  wireBytesPerMessage: ({ wire, arrived }) => over(wire, arrived),
  requestsPerMessage: ({ requests, arrived }) => over(requests, arrived),
  serverCpuPerMessageUs: ({ serverCpuUs, arrived }) => over(serverCpuUs, arrived),
  // A core is busy for 10 µs of CPU in each ms for each percent.
  serverCpuPercent: ({ serverCpuUs, fromMs, toMs }) => over(serverCpuUs / 10, toMs - fromMs),
  expected: ({ expected }) => expected,
  delivered: ({ delivered }) => delivered,
  conflated: ({ conflated }) => conflated,
  lost: ({ lost }) => lost,
};

/** One figure of one phase of a round; null where the phase cannot tell it. */
export function phaseFigureOf(phase: PhaseResult, name: PhaseFigureName): number | null {
  return OF[name](phase);
}

function over(amount: number | null, base: number): number | null {
  return amount === null || base === 0 ? null : amount / base;
}
