/** What a server on this machine is called: Linux gives out ports from 32,768 up, which have five digits. */
export const HOST = '127.0.0.1:65535';

/** `Date: Fri, 21 Nov 2025 06:28:00 GMT`, of the same length every day. */
const DATE = `Date: ${new Date(0).toUTCString()}`;

/** Bytes of a request without a body, or of an answer's head: its lines, each ended, and an empty one. */
export function headBytes(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 2, 2);
}

/** Header lines as they are written. */
export function linesOf(headers: Readonly<Record<string, string>>): string[] {
  return Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
}

/** The lines that `node:http` adds to an answer on a connection that lives on. */
export function keepAliveLines(keepAliveMs: number): string[] {
  return [DATE, 'Connection: keep-alive', `Keep-Alive: timeout=${Math.floor(keepAliveMs / 1000)}`];
}

/** The same where the client wanted it closed. */
export const CLOSING_LINES: readonly string[] = [DATE, 'Connection: close'];
