import { findApplication } from '../../applications/index.ts';
import type { ResolvedScenario } from '../../measurements.ts';
import { type Arrivals, dueTimesUs } from '../../schedule/due-times.ts';
import { speakingOrder } from '../../schedule/order.ts';
import { seededRandom } from '../../stats/random.ts';
import { halfOf, type Timeline } from '../../timeline.ts';

/** A message of the window: when it is due, after the epoch, and who says it. */
export interface Spoken {
  readonly dueUs: number;
  /** Counted from 0: the node or, where clients speak, the client. */
  readonly speaker: number;
}

/** The window's messages in turn. */
export function spokenInWindow(
  timeline: Timeline,
  arrivals: Arrivals,
  { application, nodes, clients }: ResolvedScenario,
): Spoken[] {
  const { speaker } = findApplication(application);
  const order = speaker === 'clients' ? speakingOrder(clients, arrivals.seed) : null;
  return dueTimesUs(timeline, arrivals, seededRandom(arrivals.seed)).flatMap((dueUs, place) => {
    if (halfOf(timeline, dueUs) === undefined) return [];
    return { dueUs, speaker: order === null ? place % nodes : (order[place % clients] ?? 0) };
  });
}
