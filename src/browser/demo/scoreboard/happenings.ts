import { LANES, type LaneName, type Losses, type Remark, type Sight } from './sight.ts';

/** How long after a fault lanes may take to come back and show what they lost. */
const SETTLING_MS = 8_000;

/** What must be remembered to tell what has happened. */
export interface Course extends Cut, Block {
  readonly before: Sight | null;
  /** What carried socket.io when it was last connected. */
  readonly carrier: string | null;
  /** Whether the stream that is read now is the first that was asked for. */
  readonly isFirstStream: boolean;
}

interface Cut {
  /** The last moment before a cut, while its consequences are not told yet. */
  readonly beforeCut: Sight | null;
  /** The moment when that cut was over. */
  readonly mended: Sight | null;
}

interface Block {
  /** The last moment before WebSocket was blocked, while its cost is not told yet. */
  readonly beforeBlock: Sight | null;
  /** The moment when it was allowed again. */
  readonly allowed: Sight | null;
}

export const START: Course = {
  before: null,
  beforeCut: null,
  mended: null,
  beforeBlock: null,
  allowed: null,
  carrier: null,
  isFirstStream: true,
};

/** What has happened between the last look and this one; what is wrong now is no happening. */
export function happenings(course: Course, sight: Sight): { course: Course; remarks: Remark[] } {
  const { before } = course;
  const carrier = carrierOf(course, sight);
  const isFirstStream = isStillFirstStream(course, sight);
  if (before === null) return { course: { ...course, before: sight, carrier, isFirstStream }, remarks: [] };
  const remarks: Remark[] = [];
  if (before.isCut && !sight.isCut) remarks.push({ kind: 'mended' });
  if (before.isRestarting && !sight.isRestarting) remarks.push({ kind: 'restarted' });
  if (before.isWebSocketBlocked && !sight.isWebSocketBlocked)
    remarks.push({ kind: 'unblocked', isSocketioPolling: sight.lanes.socketio.carrying === 'polling' });
  if (carrier !== course.carrier && carrier === 'polling' && sight.isWebSocketBlocked)
    remarks.push({ kind: 'fell-back' });
  if (carrier === 'websocket' && course.carrier === 'polling') remarks.push({ kind: 'upgraded' });

  const block = followBlock(course, before, sight);
  const cut = followCut(course, before, sight);
  for (const { told } of [block, cut]) if (told !== null) remarks.push(told);
  const { beforeBlock, allowed } = block;
  const { beforeCut, mended } = cut;
  return {
    course: { before: sight, beforeCut, mended, beforeBlock, allowed, carrier, isFirstStream },
    remarks,
  };
}

function carrierOf({ carrier }: Course, { lanes: { socketio } }: Sight): string | null {
  return socketio.phase === 'open' ? socketio.carrying : carrier;
}

/** A stream by another way begins anew: it has received nothing yet. */
function isStillFirstStream({ before, isFirstStream }: Course, { lanes: { streaming } }: Sight): boolean {
  const isAnother = before !== null && streaming.received < before.lanes.streaming.received;
  return (isFirstStream || isAnother) && streaming.phase !== 'lost';
}

type Told = { readonly told: Remark | null };

function followCut({ beforeCut, mended }: Course, before: Sight, sight: Sight): Cut & Told {
  const begins = sight.isCut && !before.isCut;
  const since = begins ? (beforeCut ?? before) : beforeCut;
  if (sight.isCut || since === null) return { beforeCut: since, mended: null, told: null };
  const over = mended ?? sight;
  if (!hasSettled(LANES, over, sight)) return { beforeCut: since, mended: over, told: null };
  const cutMs = over.atMs - since.atMs;
  const told = {
    kind: 'restored',
    cutMs,
    published: Math.ceil((Math.max(since.eventsPerSecond, over.eventsPerSecond) * cutMs) / 1000),
    lost: lossesBetween(since, sight),
  } as const;
  return { beforeCut: null, mended: null, told };
}

function followBlock({ beforeBlock, allowed }: Course, before: Sight, sight: Sight): Block & Told {
  const isBlocked = sight.isWebSocketBlocked;
  const since = isBlocked && !before.isWebSocketBlocked ? (beforeBlock ?? before) : beforeBlock;
  if (isBlocked || since === null) return { beforeBlock: since, allowed: null, told: null };
  const over = allowed ?? sight;
  if (!hasSettled(['websocket'], over, sight)) return { beforeBlock: since, allowed: over, told: null };
  const lost = sight.lanes.websocket.lost - since.lanes.websocket.lost;
  return { beforeBlock: null, allowed: null, told: lost > 0 ? { kind: 'block-cost', lost } : null };
}

/** A loss shows when the next message comes, so each lane is waited for, but not for ever. */
function hasSettled(names: readonly LaneName[], over: Sight, { atMs, eventsPerSecond, lanes }: Sight) {
  if (atMs - over.atMs >= SETTLING_MS) return true;
  return names.every((name) => {
    const isHeard = eventsPerSecond === 0 || lanes[name].received > over.lanes[name].received;
    return lanes[name].phase === 'open' && isHeard;
  });
}

function lossesBetween(since: Sight, { lanes }: Sight): Losses {
  return LANES.map((name) => [name, Math.max(0, lanes[name].lost - since.lanes[name].lost)]);
}
