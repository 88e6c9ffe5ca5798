import type { Standing } from './standing.ts';

/** What something on the way answers in the server's place; null where it says nothing at all. */
export type Refusal = string | null;

const BLOCKED = page('403 Forbidden', 'WebSocket is not allowed here.');
const SOME_PAGE = page('200 OK', 'Welcome.');

/** What becomes of a request for a WebSocket; undefined where it passes. */
export function refusalOf(standing: Standing): Refusal | undefined {
  if (standing.has('upgrade-403')) return BLOCKED;
  if (standing.has('upgrade-200')) return SOME_PAGE;
  return standing.has('upgrade-dropped') ? null : undefined;
}

function page(status: string, words: string): string {
  const body = `<html><body>${words}</body></html>\n`;
  return (
    `HTTP/1.1 ${status}\r\nContent-Type: text/html\r\nContent-Length: ${body.length}\r\n` +
    `Connection: close\r\n\r\n${body}`
  );
}
