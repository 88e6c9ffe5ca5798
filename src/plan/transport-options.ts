import type { Transport, TransportOptions } from '../contracts.ts';
import type { ResolvedScenario, TransportSettings } from '../measurements.ts';

const MIB = 1024 ** 2;

/** The settings that a scenario may give one transport alone, in the order that the help shows them. */
export const transportSettings = [
  'pollIntervalMs',
  'holdMs',
  'longpollBatch',
  'heartbeatMs',
  'heartbeatTimeoutMs',
  'recovery',
  'socketioAgent',
  'headers',
] as const satisfies readonly (keyof TransportSettings)[];

/** The scenario as one transport runs it, with what is set for it alone. */
export function scenarioFor(transport: string, scenario: ResolvedScenario): ResolvedScenario {
  return { ...scenario, ...scenario.transports[transport] };
}

/** What both halves of a transport need to know of a scenario. */
export function transportOptions(scenario: TransportSettings): TransportOptions {
  const { pollIntervalMs, holdMs, longpollBatch, heartbeatMs } = scenario;
  const { heartbeatTimeoutMs, recovery, socketioAgent, headers } = scenario;
  return {
    pollIntervalMs,
    holdMs,
    longpollBatch,
    heartbeatMs,
    heartbeatTimeoutMs,
    recovery,
    socketioAgent,
    headers,
    maxBufferBytes: MIB,
    // Twice the largest payload: room for what a protocol adds, base64 included.
    maxMessageBytes: 2 * MIB,
    logMessages: 8192,
    logBytes: 16 * MIB,
  };
}

/** How long a message may be under way by the transport's own pace and the distance. */
export function paceMs(transport: Transport, scenario: ResolvedScenario): number {
  return transport.settleMs(transportOptions(scenario)) + scenario.rttMs;
}
