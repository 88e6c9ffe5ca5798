import type { Bound, CapacityStep } from '../measurements.ts';
import { bestOf } from './answer.ts';

/** Shares of a core at which a server, or the clients' side, has no more to give. */
const FULL = { server: 0.97, clients: 0.9 };

/** A figure of each step, and what it must not exceed. */
interface Ceiling {
  of(step: CapacityStep): number | null;
  readonly limit: number;
  /** Whether it is about nothing without a load. */
  readonly isShare: boolean;
}

/** Where the edge is to be expected after the last of these steps; null where nothing tells. */
export function edgeAfter(steps: readonly CapacityStep[], slo: readonly Bound[]): number | null {
  const last = steps.at(-1);
  if (last === undefined) return null;
  if (last.verdict !== 'pass') return carriedBy(last, bestOf(steps));
  const before = bestOf(steps.filter(({ value }) => value < last.value));
  const edges = ceilingsOf(slo).map((ceiling) => crossing(ceiling, before, last));
  const known = edges.filter((edge) => edge !== null);
  return known.length === 0 ? null : Math.min(...known);
}

/** What a load beyond the edge came to is about what can be carried. */
function carriedBy(last: CapacityStep, best: CapacityStep | undefined): number | null {
  if (!best?.deliveriesPerSecond || last.deliveriesPerSecond === null) return null;
  const carried = (last.deliveriesPerSecond * best.value) / best.deliveriesPerSecond;
  return carried < last.value / 1.02 ? carried : null;
}

function ceilingsOf(slo: readonly Bound[]): Ceiling[] {
  const server = ({ serverCoreShare }: CapacityStep) => serverCoreShare;
  return [
    { of: server, limit: FULL.server, isShare: true },
    { of: ({ driverCoreShare }) => driverCoreShare, limit: FULL.clients, isShare: true },
    ...slo.map(({ figure, limit }): Ceiling => {
      if (figure === 'cpu') return { of: server, limit, isShare: true };
      return { of: ({ latency }) => latency?.[`${figure}Ms`] ?? null, limit, isShare: false };
    }),
  ];
}

/** Where a line through two steps meets the ceiling; through one alone only what begins at nothing has a line. */
function crossing(
  { of, limit, isShare }: Ceiling,
  before: CapacityStep | undefined,
  last: CapacityStep,
): number | null {
  const [from, to] = [before === undefined ? null : of(before), of(last)];
  if (to === null) return null;
  if (before === undefined || from === null) return isShare && to > 0 ? (last.value * limit) / to : null;
  const slope = (to - from) / (last.value - before.value);
  return slope > 0 ? last.value + (limit - to) / slope : null;
}
