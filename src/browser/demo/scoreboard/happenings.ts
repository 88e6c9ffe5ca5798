import { LANES, type Losses, type Remark, type Sight } from './sight.ts';

/** How long after a cut lanes may take to come back and show what they lost. */
const SETTLING_MS = 8_000;

/** What must be remembered to tell what has happened. */
export interface Course {
  readonly before: Sight | null;
  /** The last moment before a cut, while its consequences are not told yet. */
  readonly beforeCut: Sight | null;
  /** The moment when that cut was over. */
  readonly mended: Sight | null;
  /** What carried socket.io when it was last connected. */
  readonly carrier: string | null;
}

export const START: Course = { before: null, beforeCut: null, mended: null, carrier: null };

/** What has happened between the last look and this one. */
export function happenings(course: Course, sight: Sight): { course: Course; remarks: Remark[] } {
  const { before } = course;
  if (before === null)
    return { course: { ...course, before: sight, carrier: carrierOf(course, sight) }, remarks: [] };
  const remarks: Remark[] = [];
  if (sight.isCut && !before.isCut) remarks.push({ kind: 'cut' });
  if (sight.isWebSocketBlocked !== before.isWebSocketBlocked)
    remarks.push({ kind: sight.isWebSocketBlocked ? 'blocked' : 'unblocked' });
  if (sight.isRestarting !== before.isRestarting)
    remarks.push({ kind: sight.isRestarting ? 'restarting' : 'restarted' });

  const carrier = carrierOf(course, sight);
  if (carrier !== course.carrier && carrier === 'polling' && sight.isWebSocketBlocked)
    remarks.push({ kind: 'fell-back' });
  if (carrier === 'websocket' && course.carrier === 'polling') remarks.push({ kind: 'upgraded' });

  const cut = followCut(course, before, sight);
  if (cut.told !== null) remarks.push(cut.told);
  return { course: { before: sight, beforeCut: cut.beforeCut, mended: cut.mended, carrier }, remarks };
}

function carrierOf({ carrier }: Course, { lanes: { socketio } }: Sight): string | null {
  return socketio.phase === 'open' ? socketio.carrying : carrier;
}

type Cut = Pick<Course, 'beforeCut' | 'mended'> & { readonly told: Remark | null };

function followCut({ beforeCut, mended }: Course, before: Sight, sight: Sight): Cut {
  const begins = sight.isCut && !before.isCut;
  const since = begins ? (beforeCut ?? before) : beforeCut;
  if (sight.isCut || since === null) return { beforeCut: since, mended: null, told: null };
  const over = mended ?? sight;
  if (!hasSettled(over, sight)) return { beforeCut: since, mended: over, told: null };
  const told = {
    kind: 'restored',
    cutMs: over.atMs - since.atMs,
    lost: lossesBetween(since, sight),
  } as const;
  return { beforeCut: null, mended: null, told };
}

/** A loss shows when the next message comes, so each lane is waited for, but not for ever. */
function hasSettled(over: Sight, { atMs, eventsPerSecond, lanes }: Sight): boolean {
  if (atMs - over.atMs >= SETTLING_MS) return true;
  return LANES.every((name) => {
    const isHeard = eventsPerSecond === 0 || lanes[name].received > over.lanes[name].received;
    return lanes[name].phase === 'open' && isHeard;
  });
}

function lossesBetween(since: Sight, { lanes }: Sight): Losses {
  return LANES.map((name) => [name, Math.max(0, lanes[name].lost - since.lanes[name].lost)]);
}
