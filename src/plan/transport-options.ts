import type { TransportOptions } from '../contracts.ts';
import type { ResolvedScenario } from '../measurements.ts';

const MIB = 1024 ** 2;

/** What both halves of a transport need to know of a scenario. */
export function transportOptions(scenario: ResolvedScenario): TransportOptions {
  const { pollIntervalMs, holdMs, longpollBatch, heartbeatMs, socketioAgent, headers } = scenario;
  return {
    pollIntervalMs,
    holdMs,
    longpollBatch,
    heartbeatMs,
    socketioAgent,
    headers,
    maxBufferBytes: MIB,
    // Twice the largest payload: room for what a protocol adds, base64 included.
    maxMessageBytes: 2 * MIB,
    logMessages: 8192,
    logBytes: 16 * MIB,
  };
}
