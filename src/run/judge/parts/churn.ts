import type { Churn } from '../../../measurements.ts';
import { quantileOf } from '../../../stats/quantile.ts';
import { cpuUs, type Evidence, edges } from '../evidence.ts';

/** How clients came and went in the window; null where none did. */
export function churnOf(evidence: Evidence): Churn | null {
  const shares = [evidence.witness, ...evidence.drivers].flatMap(({ churn }) => churn ?? []);
  if (shares.length === 0) return null;
  const sum = (what: 'joins' | 'leaves' | 'cuts' | 'failed') =>
    shares.reduce((total, share) => total + share[what], 0);
  const connectMs = shares.flatMap((share) => share.connectMs);
  const quantile = (share: number) => (connectMs.length === 0 ? null : quantileOf(connectMs, share));
  const recovered = shares.map(({ recoveredMs }) => recoveredMs).filter((ms) => ms !== null);
  const [, , end] = edges(evidence.server.readings);
  return {
    joins: sum('joins'),
    leaves: sum('leaves'),
    cuts: sum('cuts'),
    missed: evidence.missed.window,
    failed: sum('failed'),
    connectP50Ms: quantile(0.5),
    connectP99Ms: quantile(0.99),
    connectMaxMs: quantile(1),
    peakOpen: end.peakOpen,
    stormRecoveredMs: recovered.length === 0 ? null : Math.max(...recovered),
    serverCpuPerConnectUs: cpuPerConnectUs(evidence, sum('joins')),
  };
}

/** After the window the same messages go on without anyone coming or going: what the window cost beyond that, for each who came. */
function cpuPerConnectUs({ server }: Evidence, joins: number): number | null {
  const [start, , end, calmEnd] = edges(server.readings);
  const calmNs = calmEnd.atNs - end.atNs;
  if (joins === 0 || calmNs <= 0) return null;
  const calmUs = (cpuUs(end, calmEnd) * (end.atNs - start.atNs)) / calmNs;
  const beyondUs = cpuUs(start, end) - calmUs;
  return beyondUs > 0 ? beyondUs / joins : null;
}
