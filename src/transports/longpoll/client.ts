import type { Connect } from '../../contracts.ts';
import { type Manners, openPoller } from '../polling/client/poller.ts';

/** Asks again as soon as it is answered; what it sends takes a socket of its own. */
export function connectBy(manners: Manners): Connect {
  return (url, events, options) => {
    const pace = { firstMs: 0, intervalMs: 0, answerMs: options.holdMs + options.heartbeatTimeoutMs };
    return openPoller({ ...manners, name: 'longpoll', url, sendsBeside: true, ...pace }, events, options);
  };
}
