import type { TroubleShare } from '../../../clients/protocol.ts';
import type { Series } from '../../../measurements.ts';
import { STEP_MS, stepEndsUs, type Timeline } from '../../../timeline.ts';
import type { Evidence } from '../evidence.ts';
import { audiencesOf } from './cluster.ts';

type Counted = 'arrived' | 'latencySumUs' | 'delivered' | 'deliveredLocally' | 'connected';

/** The window step by step; null where there were no faults. */
export function seriesOf(evidence: Evidence): Series | null {
  const shares = troublesOf(evidence);
  if (shares.length === 0) return null;
  const { timeline, server } = evidence;
  const endsUs = stepEndsUs(timeline);
  const sums = (what: Counted) => endsUs.map((_, step) => sumOf(shares, (share) => share[what][step] ?? 0));
  const [arrived, latencySumUs, expected] = [sums('arrived'), sums('latencySumUs'), expectedIn(evidence)];
  const where = (step: number, value: number) => (arrived[step] === 0 ? null : value);
  const stepUs = (step: number) => (endsUs[step] ?? 0) - (endsUs[step - 1] ?? timeline.windowStartUs);
  const [localExpected, deliveredLocally] = [localIn(evidence), sums('deliveredLocally')];
  return {
    stepMs: STEP_MS,
    arrived,
    expected,
    lost: sums('delivered').map((delivered, step) => Math.max(0, (expected[step] ?? 0) - delivered)),
    localExpected,
    localLost: localExpected.map((many, step) => Math.max(0, many - (deliveredLocally[step] ?? 0))),
    latencyMeanMs: latencySumUs.map((sumUs, step) => where(step, sumUs / (arrived[step] ?? 1) / 1000)),
    latencyMaxMs: endsUs.map((_, step) => {
      const maxUs = Math.max(...shares.map(({ latencyMaxUs }) => latencyMaxUs[step] ?? 0));
      return where(step, maxUs / 1000);
    }),
    connected: sums('connected'),
    open: endsUs.map((_, step) => server.steps[step]?.open ?? null),
    coreShare: endsUs.map((_, step) => {
      const seen = server.steps[step] ?? null;
      return seen === null ? null : seen.cpuUs / stepUs(step);
    }),
  };
}

/** How all clients fared while things went wrong; empty where nothing did. */
export function troublesOf({ witness, drivers }: Evidence): TroubleShare[] {
  return [witness, ...drivers].flatMap(({ trouble }) => trouble ?? []);
}

/** Sums one figure over several shares. */
export function sumOf<Share>(shares: readonly Share[], of: (share: Share) => number): number {
  return shares.reduce((sum, share) => sum + of(share), 0);
}

/** How many deliveries the messages due in each step are to make. */
function expectedIn({ timeline, scenario, dueUs }: Evidence): number[] {
  return inSteps(
    timeline,
    dueUs.map((atUs) => [atUs, scenario.clients]),
  );
}

/** How many of them to clients of the node that says them; empty where nobody knows, or there are no others. */
function localIn({ timeline, scenario, spoken, witness }: Evidence): number[] {
  if (witness.hops === null) return [];
  const audiences = audiencesOf(scenario);
  return inSteps(
    timeline,
    spoken.map((one) => [one.dueUs, audiences(one).local]),
  );
}

function inSteps(
  timeline: Timeline,
  deliveries: readonly (readonly [atUs: number, many: number])[],
): number[] {
  const steps = stepEndsUs(timeline).map(() => 0);
  for (const [atUs, many] of deliveries) {
    const step = Math.floor((atUs - timeline.windowStartUs) / (STEP_MS * 1000));
    steps[step] = (steps[step] ?? 0) + many;
  }
  return steps;
}
