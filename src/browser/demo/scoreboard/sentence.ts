import type { Words } from '../words/en.ts';
import type { Remark } from './sight.ts';

/** A remark in words. */
export function sentence(remark: Remark, { scoreboard: say }: Words): string {
  switch (remark.kind) {
    case 'polling-asked':
      return say.pollingAsked(remark.asked, remark.messages);
    case 'quiet':
      return say.quiet(remark.empty);
    case 'longpoll-hangs':
      return say.longpollHangs(remark.forMs);
    case 'longpoll-asks':
      return say.longpollAsks(remark.asked, remark.messages);
    case 'stream-flows':
      return say.streamFlows(remark.messages);
    case 'weighs':
      return say.weighs(remark.pollingBytes, remark.websocketBytes);
    case 'later':
      return say.later(remark.pollingMs, remark.websocketMs);
    case 'upgraded':
      return say.upgraded;
    case 'fell-back':
      return say.fellBack;
    case 'blocked':
      return say.blocked;
    case 'unblocked':
      return say.unblocked(remark.isSocketioPolling);
    case 'block-cost':
      return say.blockCost(remark.lost);
    case 'cut':
      return say.cut;
    case 'mended':
      return say.mended;
    case 'restarting':
      return say.restarting;
    case 'restarted':
      return say.restarted;
    case 'restored':
      return say.restored(remark.cutMs, remark.published, remark.lost);
  }
}
