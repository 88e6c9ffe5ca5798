import type { Connect } from '../../../contracts.ts';
import type { OpenLine } from '../../http/client/line.ts';
import { openPoller } from './poller.ts';

/** Polls with a fixed delay after each answer, from a random phase; one socket, also for what it sends. */
export function connectBy(openLine: OpenLine): Connect {
  return (url, events, options) => {
    const line = openLine(url, options);
    const { pollIntervalMs, random, heartbeatTimeoutMs: answerMs } = options;
    const pace = { firstMs: random() * pollIntervalMs, intervalMs: pollIntervalMs };
    return openPoller({ name: 'polling', url, line, upLine: line, pace, answerMs }, events, options);
  };
}
