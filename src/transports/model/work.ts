import type { Link, Workload } from '../../contracts.ts';

/** Messages a client gets per millisecond, as realised. */
export function ratePerMs({ messages, windowMs }: Workload): number {
  return messages / windowMs;
}

/** How long the last client of a broadcast waits for the others. */
export function broadcastMs({ clients, serverUsPerMessage }: Workload): number {
  return (clients * serverUsPerMessage) / 1000;
}

/** What the clients of a broadcast wait for each other on average. */
export function meanBroadcastMs({ clients, serverUsPerMessage }: Workload): number {
  return (serverUsPerMessage * (clients + 1)) / 2 / 1000;
}

/** How long so many bytes take to pass a link's narrowest place. */
export function passingMs(bytes: number, { bandwidthBitsPerSecond }: Link): number {
  return bandwidthBitsPerSecond === 0 ? 0 : (bytes * 8000) / bandwidthBitsPerSecond;
}

/** What timers and wake-ups can be late by on a machine that is not at its limit. */
const LATE_MS = 5;

/**
 * Whether nothing but an error can change the count of what crosses in the window. Messages stand half a period
 * away from its ends: there and back, a whole broadcast and some lateness must fit in.
 */
export function isCertain(work: Workload, link: Link, bytes: number): boolean {
  if (work.arrivals !== 'periodic') return false;
  const awayMs = link.rttMs + 2 * link.jitterMs + passingMs(bytes, link) + broadcastMs(work) + LATE_MS;
  return 0.5 / ratePerMs(work) > awayMs;
}

/** How many heartbeats a client sees in the window: none while the server is younger than the first. */
export function heartbeatsIn({ serverAgeMs, windowMs, options }: Workload): number {
  return serverAgeMs < options.heartbeatMs ? 0 : windowMs / options.heartbeatMs;
}

/** The mean, over the window's messages, of what depends on the digits of their numbers. */
export function overNumbers(
  { firstNumber, messages }: Workload,
  bytesOf: (digits: number) => number,
): number {
  const end = firstNumber + messages;
  let sum = 0;
  for (let from = firstNumber; from < end; ) {
    const digits = String(from).length;
    const to = Math.min(end, 10 ** digits);
    sum += (to - from) * bytesOf(digits);
    from = to;
  }
  return sum / messages;
}

/** Length of bytes in base64. */
export function base64Bytes(bytes: number): number {
  return 4 * Math.ceil(bytes / 3);
}
