import type { Round } from '../measurements.ts';

/** The load generator's CPU for each message that it took in; null where none came. */
export function driverUsPerMessage({ driver, delivery }: Round): number | null {
  // Reports that are older count the witnesses' messages too.
  const arrived = driver.arrivedInWindow ?? delivery.arrivedInWindow;
  return arrived === 0 ? null : driver.cpuUs / arrived;
}

/** The load generator's CPU over the server's, for one message each; null where either is not known. */
export function driverOverServer(round: Round): number | null {
  const { server, delivery } = round;
  const driverUs = driverUsPerMessage(round);
  const serverUs = (server.cpuUserUs + server.cpuSystemUs) / delivery.arrivedInWindow;
  return driverUs === null || !(serverUs > 0) ? null : driverUs / serverUs;
}

/** What one client of the crowd holds of the load generator's memory. */
export function driverBytesPerClient({ driver }: Round): number | null {
  const { clients, heapBytes, heapIdleBytes } = driver;
  if (clients === null || heapBytes === null || heapIdleBytes === null || clients === 0) return null;
  return Math.max(0, heapBytes - heapIdleBytes) / clients;
}
