import { readFileSync } from 'node:fs';

/** The host's counters at one instant, in core-microseconds since boot. */
export interface HostReading {
  readonly busyUs: number;
  readonly stealUs: number;
}

/** Linux tells times of the CPU in USER_HZ, which is 100 on every architecture that Node runs on. */
export const TICK_US = 10_000;

/** Reads what all cores have done; null where the system does not tell. */
export function readHost(): HostReading | null {
  try {
    return parseHost(readFileSync('/proc/stat', 'utf8'));
  } catch {
    return null;
  }
}

/** Reads the first line of /proc/stat. */
export function parseHost(text: string): HostReading | null {
  const fields = /^cpu\s+(.*)$/m.exec(text)?.[1]?.split(/\s+/).map(Number);
  if (fields === undefined) return null;
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = fields;
  return { busyUs: (user + nice + system + irq + softirq) * TICK_US, stealUs: steal * TICK_US };
}
