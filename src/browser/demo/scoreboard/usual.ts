import type { Remark, Sight } from './sight.ts';

/** Up to here one sees a request hang. */
const RARE_PER_SECOND = 2;

/** What can be said at any time, one after the other; each where there is something to it. */
const USUAL: readonly ((sight: Sight) => Remark | null)[] = [
  ({ eventsPerSecond, lanes: { polling } }) =>
    eventsPerSecond === 0
      ? { kind: 'quiet', empty: polling.empty }
      : polling.asked === 0
        ? null
        : { kind: 'polling-asked', asked: polling.asked, messages: polling.received },
  ({ eventsPerSecond, lanes: { longpoll } }) =>
    eventsPerSecond > RARE_PER_SECOND
      ? { kind: 'longpoll-asks', asked: longpoll.asked, messages: longpoll.received }
      : longpoll.hangsForMs === null
        ? null
        : { kind: 'longpoll-hangs', forMs: longpoll.hangsForMs },
  ({ lanes: { streaming } }) =>
    streaming.received === 0 ? null : { kind: 'stream-flows', messages: streaming.received },
  ({ lanes: { polling, websocket } }) =>
    polling.bytesPerMessage === null || websocket.bytesPerMessage === null
      ? null
      : {
          kind: 'weighs',
          pollingBytes: polling.bytesPerMessage,
          websocketBytes: websocket.bytesPerMessage,
        },
  ({ lanes: { polling, websocket } }) =>
    polling.latencyMs === null || websocket.latencyMs === null
      ? null
      : { kind: 'later', pollingMs: polling.latencyMs, websocketMs: websocket.latencyMs },
];

/** What to say on this turn, and whose turn it is then; null where there is nothing yet. */
export function usual(sight: Sight, turn: number): { remark: Remark; next: number } | null {
  const remarks = USUAL.map((make) => make(sight));
  for (let next = turn; next < turn + USUAL.length; next++) {
    const remark = remarks[next % USUAL.length] ?? null;
    if (remark !== null) return { remark, next: next + 1 };
  }
  return null;
}
