import type { Connect } from '../../contracts.ts';
import { Line } from '../http/client/line.ts';
import { openPoller } from '../polling/poller.ts';

/** Asks again as soon as it is answered; what it sends takes a socket of its own. */
export const connect: Connect = (url, events, options) => {
  const lines = { line: new Line(url, options), upLine: new Line(url, options) };
  const pace = { firstMs: 0, intervalMs: 0 };
  const answerMs = options.holdMs + options.heartbeatTimeoutMs;
  return openPoller({ name: 'longpoll', url, ...lines, pace, answerMs }, events, options);
};
