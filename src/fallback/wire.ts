import type { Piece, Tapped } from '../instrument/link/protocol.ts';
import type { Crossed, FallbackTry } from '../measurements.ts';

/** What one side sent over a connection, as one text. */
function said({ pieces }: Tapped, way: Piece['way']): string {
  return pieces.map((piece) => (piece.way === way ? piece.latin1 : '')).join('');
}

function isWebSocket(connection: Tapped): boolean {
  return said(connection, 'down').startsWith('HTTP/1.1 101');
}

/** Whether a request for a WebSocket was answered with something else. */
export function wasRefused(connections: readonly Tapped[]): boolean {
  return connections.some((connection) => {
    const asked = /\r\nupgrade: *websocket/i.test(said(connection, 'up'));
    return asked && said(connection, 'down') !== '' && !isWebSocket(connection);
  });
}

/** How often messages crossed, in what kind of connection. */
export function carriedBy(
  connections: readonly Tapped[],
  messages: readonly string[],
): Pick<FallbackTry, 'byHttp' | 'byWebSocket'> {
  const count = (kind: readonly Tapped[]) =>
    kind.reduce((sum, connection) => sum + occurrences(said(connection, 'down'), messages), 0);
  const [webSockets, others] = [
    connections.filter(isWebSocket),
    connections.filter((one) => !isWebSocket(one)),
  ];
  return { byHttp: count(others), byWebSocket: count(webSockets) };
}

function occurrences(text: string, messages: readonly string[]): number {
  return [...new Set(messages)].reduce((sum, message) => sum + text.split(message).length - 1, 0);
}

/** What all connections moved together. */
export function trafficOf(
  connections: readonly Tapped[],
): Pick<FallbackTry, 'connections' | 'bytesUp' | 'bytesDown'> {
  const sum = (of: (connection: Tapped) => number) =>
    connections.reduce((total, connection) => total + of(connection), 0);
  return {
    connections: connections.length,
    bytesUp: sum(({ upBytes }) => upBytes),
    bytesDown: sum(({ downBytes }) => downBytes),
  };
}

/** What crossed, in the order of time, in lines that can be printed. */
export function crossingsOf(connections: readonly Tapped[], startNs: number): Crossed[] {
  const all = connections.flatMap(({ pieces }, index) =>
    pieces.map(({ way, atNs, what, latin1 }) => ({
      ...{ connection: index + 1, way, atMs: (atNs - startNs) / 1e6, what },
      text: readable(latin1),
    })),
  );
  return all.toSorted((one, other) => one.atMs - other.atMs);
}

const LONGEST_TEXT = 160;
/** Of a head, what says what it is about. */
const TELLING = /^(?:upgrade|content-type):/i;

const LAST_CHUNK = /(?:^|\r\n)0\r\n\r\n$/;

/** A head's first line and what tells in it, and the beginning of what follows; bytes that are no letters by their numbers. */
export function readable(latin1: string): string {
  const isHead = /^(?:[A-Z]{3,7} \S|HTTP\/1)/.test(latin1);
  const end = isHead ? latin1.indexOf('\r\n\r\n') : -1;
  if (end < 0) return shortened(harmless(latin1));
  const [first = '', ...fields] = latin1.slice(0, end).split('\r\n');
  const telling = fields.filter((line) => TELLING.test(line)).map((line) => harmless(line));
  const line = [harmless(first), ...telling].join(' · ');
  const body = harmless(latin1.slice(end + 4).replace(LAST_CHUNK, ''));
  return shortened(body === '' ? line : `${line} · ${body}`);
}

function harmless(latin1: string): string {
  return latin1.replace(/[^ -~]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

function shortened(text: string): string {
  return text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT)}…`;
}
