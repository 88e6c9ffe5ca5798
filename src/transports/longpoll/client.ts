import type { Connect } from '../../contracts.ts';
import type { OpenLine } from '../http/client/line.ts';
import { openPoller } from '../polling/client/poller.ts';

/** Asks again as soon as it is answered; what it sends takes a socket of its own. */
export function connectBy(openLine: OpenLine): Connect {
  return (url, events, options) => {
    const lines = { line: openLine(url, options), upLine: openLine(url, options) };
    const pace = { firstMs: 0, intervalMs: 0 };
    const answerMs = options.holdMs + options.heartbeatTimeoutMs;
    return openPoller({ name: 'longpoll', url, ...lines, pace, answerMs }, events, options);
  };
}
