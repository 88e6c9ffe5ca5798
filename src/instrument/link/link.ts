import type { Link } from '../../contracts.ts';
import type { ResolvedScenario } from '../../measurements.ts';

/** Whether anything stands between clients and server. */
export function hasLink({ rttMs, bandwidthBitsPerSecond }: Link): boolean {
  return rttMs > 0 || bandwidthBitsPerSecond > 0;
}

/** How long a message takes to arrive and an answer to come back, by the link alone. */
export function roundTripMs({
  rttMs,
  bandwidthBitsPerSecond,
  payloadBytes,
}: Pick<ResolvedScenario, keyof Link | 'payloadBytes'>): number {
  const passingMs = bandwidthBitsPerSecond === 0 ? 0 : (payloadBytes * 8000) / bandwidthBitsPerSecond;
  return rttMs + passingMs;
}
