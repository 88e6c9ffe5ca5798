import type { Connect } from '../../contracts.ts';
import { Line } from '../http/client/line.ts';
import { openPoller } from './poller.ts';

/** Polls with a fixed delay after each answer, from a random phase; one socket, also for what it sends. */
export const connect: Connect = (url, events, options) => {
  const line = new Line(url, options);
  const { pollIntervalMs, random, heartbeatTimeoutMs: answerMs } = options;
  const pace = { firstMs: random() * pollIntervalMs, intervalMs: pollIntervalMs };
  return openPoller({ name: 'polling', url, line, upLine: line, pace, answerMs }, events, options);
};
