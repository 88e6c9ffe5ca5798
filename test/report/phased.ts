import type { Phase, PhaseResult, Report, Round } from '../../src/measurements.ts';
import { type SampleOptions, sampleReport } from './sample.ts';

/** Three, of which the last is silent. */
export const PHASES: readonly Phase[] = [
  { name: 'steady', durationMs: 1000, fromPerSecond: 20, toPerSecond: 20 },
  { name: 'ramp', durationMs: 500, fromPerSecond: 1, toPerSecond: 50 },
  { name: 'quiet', durationMs: 500, fromPerSecond: 0, toPerSecond: 0 },
];

/** Made-up figures that grow with the round. */
export function phasesOf({ latency, round }: Round, phases: readonly Phase[]): PhaseResult[] {
  return phases.map(({ name, durationMs, toPerSecond }, index) => {
    const isQuiet = toPerSecond === 0;
    const counts = isQuiet ? 0 : 1000;
    return {
      name,
      fromMs: index * 1000,
      toMs: index * 1000 + durationMs,
      published: counts / 50,
      expected: counts,
      delivered: counts,
      conflated: 0,
      lost: 0,
      latency: { ...latency, p50Ms: isQuiet ? null : index + round, p99Ms: isQuiet ? null : 10 * round },
      arrived: counts,
      serverCpuUs: 5000 * round,
      appUp: 0,
      appDown: 73 * counts,
      wire: null,
      requests: counts / 10,
    };
  });
}

/** A report of a window in phases. */
export function phasedReport(options: SampleOptions = {}, phases = PHASES): Report {
  return sampleReport({
    scenario: { phases, durationMs: 2000, ratePerSecond: 16.4 },
    change: (round) => ({ ...round, phases: phasesOf(round, phases) }),
    rounds: 3,
    ...options,
  });
}
