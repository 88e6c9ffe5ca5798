import type { Remark, Sight } from './sight.ts';

/** Something that is wrong for as long as it lasts. */
export type Wrong = 'cut' | 'restarting' | 'blocked';

/** What is wrong now, the worst first; that WebSocket is blocked is nothing where nobody is connected. */
export function wrongNow(sight: Sight): Wrong[] {
  const down: Wrong[] = [];
  if (sight.isCut) down.push('cut');
  if (sight.isRestarting) down.push('restarting');
  return down.length === 0 && sight.isWebSocketBlocked ? ['blocked'] : down;
}

/** Whether what was remarked is still so. */
export function holds(remark: Remark, sight: Sight): boolean {
  const { isWebSocketBlocked, eventsPerSecond, lanes } = sight;
  const wrong = wrongNow(sight);
  const isDown = sight.isCut || sight.isRestarting;
  switch (remark.kind) {
    case 'cut':
    case 'restarting':
    case 'blocked':
      return wrong.includes(remark.kind);
    case 'mended':
    case 'restarted':
    case 'restored':
      return !isDown;
    case 'unblocked': {
      const isPolling = lanes.socketio.carrying === 'polling';
      return !isDown && !isWebSocketBlocked && isPolling === remark.isSocketioPolling;
    }
    case 'block-cost':
      return !isDown && !isWebSocketBlocked;
    case 'fell-back':
      return !isDown && isWebSocketBlocked;
    case 'upgraded':
      return !isDown && lanes.socketio.phase === 'open' && lanes.socketio.carrying === 'websocket';
    case 'quiet':
      return eventsPerSecond === 0;
    case 'stream-flows':
      return lanes.streaming.phase === 'open';
    default:
      return true;
  }
}
