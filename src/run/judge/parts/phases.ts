import type { PhaseResult } from '../../../measurements.ts';
import type { SaidCount } from '../../../schedule/publisher.ts';
import { wireBetween } from '../../../server/protocol.ts';
import { decodeHistogram, latencyOf } from '../../../stats/histogram.ts';
import { phaseOf } from '../../../timeline.ts';
import { cpuUs, type Evidence, edges, expectedOf, total } from '../evidence.ts';

/** What became of each phase of a round's window. */
export function phasesOf(evidence: Evidence): PhaseResult[] {
  const { scenario, timeline, server, witness } = evidence;
  const [start, , end] = edges(server.readings);
  const readings = [start, ...server.turns, end];
  const endsMs = timeline.phaseEndsUs.map((endUs) => (endUs - timeline.windowStartUs) / 1000);
  return scenario.phases.flatMap(({ name }, index) => {
    const [from, to] = [readings[index], readings[index + 1]];
    const [watched, toMs] = [witness.phases[index], endsMs[index]];
    if (from === undefined || to === undefined || watched === undefined || toMs === undefined) return [];
    return {
      name,
      fromMs: endsMs[index - 1] ?? 0,
      toMs,
      ...deliveryOf(evidence, index),
      latency: latencyOf(decodeHistogram(watched.latencyHdr)),
      arrived: total(evidence, ({ phases }) => phases[index]?.arrived ?? 0),
      serverCpuUs: cpuUs(from, to),
      appUp: to.bytesUp - from.bytesUp,
      appDown: to.bytesDown - from.bytesDown,
      wire: wireBetween(from, to, 'bytes'),
      requests: to.requests - from.requests,
    };
  });
}

function deliveryOf(
  evidence: Evidence,
  index: number,
): Pick<PhaseResult, 'published' | 'expected' | 'delivered' | 'conflated' | 'lost'> {
  const said = (what: keyof SaidCount) =>
    total(evidence, (share) => share.said.phases[index]?.[what] ?? 0) +
    (evidence.server.said.phases[index]?.[what] ?? 0);
  const { scenario, timeline, server } = evidence;
  const dueUs = evidence.dueUs.filter((atUs) => phaseOf(timeline, atUs) === index);
  const fromServers = server.said.phases[index]?.expected ?? 0;
  const counted = said('expected') - fromServers + expectedOf(scenario, dueUs, fromServers);
  const expected = counted - (evidence.missed.phases[index] ?? 0);
  const conflated = said('conflated');
  const delivered = total(evidence, ({ phases }) => phases[index]?.delivered ?? 0);
  const lost = Math.max(0, expected - conflated - delivered);
  return { published: said('published'), expected, delivered, conflated, lost };
}
