import type { LaneSight, Remark, Sight } from './sight.ts';

/** Up to here one sees a request hang. */
const RARE_PER_SECOND = 2;
/** Fewer requests show nothing yet. */
const ENOUGH_ASKED = 5;

/** What can be said at any time, one after the other; each where there is something to it. */
const USUAL: readonly ((sight: Sight, isFirstStream: boolean) => Remark | null)[] = [
  polls,
  waits,
  ({ lanes: { streaming } }, isFirstStream) =>
    isOpen(streaming) && streaming.received > 0 && isFirstStream
      ? { kind: 'stream-flows', messages: streaming.received }
      : null,
  ({ lanes: { polling, websocket } }) =>
    !isOpen(websocket) || polling.bytesPerMessage === null || websocket.bytesPerMessage === null
      ? null
      : {
          kind: 'weighs',
          pollingBytes: polling.bytesPerMessage,
          websocketBytes: websocket.bytesPerMessage,
        },
  ({ lanes: { polling, websocket } }) =>
    !isOpen(websocket) || polling.latencyMs === null || websocket.latencyMs === null
      ? null
      : { kind: 'later', pollingMs: polling.latencyMs, websocketMs: websocket.latencyMs },
];

function polls({ eventsPerSecond, lanes: { polling } }: Sight): Remark | null {
  const { asked, empty, received } = polling;
  if (eventsPerSecond === 0) return empty === 0 ? null : { kind: 'quiet', empty };
  return hasAsked(polling) ? { kind: 'polling-asked', asked, messages: received } : null;
}

function waits({ eventsPerSecond, lanes: { longpoll } }: Sight): Remark | null {
  const { asked, received, hangsForMs } = longpoll;
  if (eventsPerSecond > RARE_PER_SECOND)
    return hasAsked(longpoll) ? { kind: 'longpoll-asks', asked, messages: received } : null;
  return isOpen(longpoll) && hangsForMs !== null ? { kind: 'longpoll-hangs', forMs: hangsForMs } : null;
}

function isOpen({ phase }: LaneSight): boolean {
  return phase === 'open';
}

function hasAsked({ asked, received }: LaneSight): boolean {
  return asked >= ENOUGH_ASKED && received > 0;
}

/** What to say on this turn, and whose turn it is then; null where there is nothing yet. */
export function usual(
  sight: Sight,
  turn: number,
  isFirstStream: boolean,
): { remark: Remark; next: number } | null {
  const remarks = USUAL.map((make) => make(sight, isFirstStream));
  for (let next = turn; next < turn + USUAL.length; next++) {
    const remark = remarks[next % USUAL.length] ?? null;
    if (remark !== null) return { remark, next: next + 1 };
  }
  return null;
}
