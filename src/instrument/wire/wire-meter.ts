import { readFileSync } from 'node:fs';

/** What the loopback of a network namespace has carried so far, both ways together. */
export interface WireCount {
  /** With TCP and IP headers; loopback has no others. */
  readonly bytes: number;
  readonly packets: number;
}

/** Reads loopback's counters in this process's namespace; null where the system does not tell. */
export function readWire(): WireCount | null {
  try {
    return parseWire(readFileSync('/proc/self/net/dev', 'utf8'));
  } catch {
    return null;
  }
}

/** The loopback's line of /proc/net/dev: received bytes and packets, which on loopback are also the sent ones. */
export function parseWire(text: string): WireCount | null {
  const [, bytes, packets] = /^\s*lo:\s*(\d+)\s+(\d+)/m.exec(text) ?? [];
  return bytes === undefined || packets === undefined
    ? null
    : { bytes: Number(bytes), packets: Number(packets) };
}
