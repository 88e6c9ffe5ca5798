import type { ClientTurn, FaultShare } from '../../../clients/protocol.ts';
import type { FaultResult, Series, Spread } from '../../../measurements.ts';
import { paceMs } from '../../../plan/transport-options.ts';
import { quantileOf } from '../../../stats/quantile.ts';
import { STEP_MS } from '../../../timeline.ts';
import type { Evidence } from '../evidence.ts';
import { sumOf, troublesOf } from './series.ts';

/**
 * From one fault's beginning to that of the next, after the epoch: as planned for what was due, what was under way
 * included, and as it was for what was seen.
 */
interface Stretch {
  readonly dueUs: readonly [number, number];
  readonly seenUs: readonly [number, number];
}

/** What each fault did; empty where there were none. */
export function faultsOf(evidence: Evidence, series: Series | null): FaultResult[] {
  const { scenario, timeline, struck } = evidence;
  if (series === null) return [];
  const afterStartMs = (atNs: number | null) =>
    atNs === null ? null : (atNs - timeline.epochNs) / 1e6 - timeline.windowStartUs / 1000;
  return scenario.faults.map(({ fault, node, atMs }, index) => {
    const stretch = stretchOf(evidence, index);
    const { beganNs = null, endedNs = null } = struck[index] ?? {};
    // What was there before the clients came did not begin for them.
    const beganMs = atMs === null ? null : afterStartMs(beganNs);
    const endedMs = afterStartMs(endedNs);
    const delivery = deliveryIn(evidence, index, stretch);
    return {
      ...{ fault, node, beganMs, endedMs },
      ...noticedIn(evidence, stretch, usOf(evidence, beganMs)),
      ...recoveredFrom(evidence, index, usOf(evidence, endedMs)),
      ...delivery,
      ...(delivery.lost === 0 ? NOTHING_LOST : lossIn(evidence, series, stretch)),
      ...peaksIn(evidence, series, stretch),
    };
  });
}

function usOf({ timeline }: Evidence, afterStartMs: number | null): number | null {
  return afterStartMs === null ? null : timeline.windowStartUs + afterStartMs * 1000;
}

function stretchOf({ transport, scenario, timeline, struck }: Evidence, index: number): Stretch {
  const { faults } = scenario;
  const { epochNs, windowStartUs, windowEndUs } = timeline;
  const paceUs = paceMs(transport, scenario) * 1000;
  const plannedUs = (which: number) => {
    const planned = faults[which];
    return planned === undefined ? windowEndUs : windowStartUs + (planned.atMs ?? 0) * 1000;
  };
  const seenUs = (which: number) => {
    if (faults[which] === undefined) return Number.POSITIVE_INFINITY;
    const beganNs = faults[which]?.atMs === null ? null : (struck[which]?.beganNs ?? null);
    return beganNs === null ? plannedUs(which) : (beganNs - epochNs) / 1000;
  };
  return {
    dueUs: [
      plannedUs(index) - paceUs,
      index + 1 < faults.length ? plannedUs(index + 1) - paceUs : windowEndUs,
    ],
    seenUs: [seenUs(index), seenUs(index + 1)],
  };
}

function noticedIn(
  evidence: Evidence,
  { seenUs }: Stretch,
  beganUs: number | null,
): Pick<FaultResult, 'clientsNoticed' | 'serverNoticed' | 'resumed' | 'reconnected' | 'failedAttempts'> {
  const turns = troublesOf(evidence)
    .flatMap((share) => share.turns)
    .filter(({ atUs }) => isIn(seenUs, atUs));
  const first = (what: ClientTurn['what']) => {
    const byClient = new Map<number, number>();
    for (const turn of turns) {
      if (turn.what === what && !byClient.has(turn.index)) byClient.set(turn.index, turn.atUs);
    }
    return [...byClient.values()];
  };
  const closings = evidence.server.closingsUs.filter((atUs) => isIn(seenUs, atUs));
  return {
    clientsNoticed: spreadSince(beganUs, first('noticed')),
    serverNoticed: spreadSince(beganUs, closings),
    resumed: first('resumed').length,
    reconnected: first('reconnected').length,
    failedAttempts: turns.filter(({ what }) => what === 'failed').length,
  };
}

function recoveredFrom(
  evidence: Evidence,
  index: number,
  endedUs: number | null,
): Pick<FaultResult, 'recovered' | 'silentClients'> {
  const arrivals = sharesOf(evidence, index).flatMap(({ firstArrivalsUs }) => firstArrivalsUs);
  return {
    recovered: spreadSince(endedUs, arrivals),
    silentClients: endedUs === null ? 0 : evidence.scenario.clients - arrivals.length,
  };
}

function deliveryIn(
  evidence: Evidence,
  index: number,
  stretch: Stretch,
): Pick<FaultResult, 'expected' | 'delivered' | 'lost' | 'late' | 'duplicated'> {
  const shares = sharesOf(evidence, index);
  const due = evidence.dueUs.filter((atUs) => isIn(stretch.dueUs, atUs)).length;
  const expected = due * evidence.scenario.clients;
  const delivered = sumOf(shares, (share) => share.delivered);
  return {
    ...{ expected, delivered, lost: Math.max(0, expected - delivered) },
    late: sumOf(shares, (share) => share.late),
    duplicated: sumOf(shares, (share) => share.duplicated),
  };
}

const NOTHING_LOST = { firstLostMs: null, lastLostMs: null };

/** When the messages were due of which some were lost; a step that a fault's beginning cuts in two belongs to both its sides. */
function lossIn(
  { timeline, dueUs }: Evidence,
  { lost }: Series,
  stretch: Stretch,
): Pick<FaultResult, 'firstLostMs' | 'lastLostMs'> {
  const afterStartMs = (atUs: number) => (atUs - timeline.windowStartUs) / 1000;
  const dates = dueUs
    .filter((atUs) => isIn(stretch.dueUs, atUs))
    .map(afterStartMs)
    .filter((atMs) => (lost[Math.floor(atMs / STEP_MS)] ?? 0) > 0);
  return { firstLostMs: dates[0] ?? null, lastLostMs: dates.at(-1) ?? null };
}

function peaksIn(
  { timeline }: Evidence,
  { open, coreShare }: Series,
  { seenUs }: Stretch,
): Pick<FaultResult, 'peakCoreShare' | 'peakOpen'> {
  const [from, to] = seenUs.map((atUs) => Math.floor((atUs - timeline.windowStartUs) / (STEP_MS * 1000)));
  const peakOf = (steps: readonly (number | null)[]) => {
    const seen = steps.slice(from, to === undefined ? to : to + 1).filter((value) => value !== null);
    return seen.length === 0 ? null : Math.max(...seen);
  };
  return { peakCoreShare: peakOf(coreShare), peakOpen: peakOf(open) };
}

function sharesOf(evidence: Evidence, index: number): FaultShare[] {
  return troublesOf(evidence).flatMap(({ faults }) => faults[index] ?? []);
}

/** How long after an instant each of several things happened; unknown where the instant is. */
function spreadSince(sinceUs: number | null, instantsUs: readonly number[]): Spread {
  if (sinceUs === null || instantsUs.length === 0) {
    return { clients: 0, p50Ms: null, p99Ms: null, maxMs: null };
  }
  const ms = instantsUs.map((atUs) => Math.max(0, atUs - sinceUs) / 1000);
  return {
    clients: ms.length,
    p50Ms: quantileOf(ms, 0.5),
    p99Ms: quantileOf(ms, 0.99),
    maxMs: quantileOf(ms, 1),
  };
}

function isIn([from, to]: readonly [number, number], atUs: number): boolean {
  return atUs >= from && atUs < to;
}
