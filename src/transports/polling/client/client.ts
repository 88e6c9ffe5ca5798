import type { Connect } from '../../../contracts.ts';
import { type Manners, openPoller } from './poller.ts';

/** Polls with a fixed delay after each answer, from a random phase; one socket, also for what it sends. */
export function connectBy(manners: Manners): Connect {
  return (url, events, options) => {
    const { pollIntervalMs: intervalMs, random, heartbeatTimeoutMs: answerMs } = options;
    const pace = { firstMs: random() * intervalMs, intervalMs, answerMs };
    return openPoller({ ...manners, name: 'polling', url, sendsBeside: false, ...pace }, events, options);
  };
}
