import type { Fallback, FallbackTry } from '../../measurements.ts';
import { count, figure, NONE } from '../numbers.ts';
import { clean } from '../words/text.ts';

/** A table's head and its lines of cells. */
export interface Cells {
  readonly head: readonly string[];
  readonly lines: readonly (readonly string[])[];
}

/** One line a try; what it cost is told beside the same transport's plain way. */
export function cellsOf({ tries }: Fallback): Cells {
  return {
    head: ['way', 'carried by', 'arrived', 'connect ms', 'settled ms', 'bytes', 'sockets', 'beyond plain'],
    lines: tries.map((one) => {
      const plain = tries.find(({ transport, way }) => transport === one.transport && way === 'plain');
      const isOther = one.outcome === 'connected' && one !== plain;
      return [
        one.way,
        one.outcome === 'connected' ? carrierOf(one) : one.outcome,
        one.sent === 0 ? NONE : `${one.delivered} of ${one.sent}`,
        figure(one.tookMs),
        figure(one.settledMs),
        count(bytesOf(one)),
        count(one.connections),
        plain !== undefined && isOther ? beyond(one, plain) : '',
      ];
    }),
  };
}

/** What carries it as the wire shows it, where that is another thing than what the client says. */
function carrierOf({ carrying, byHttp, byWebSocket }: FallbackTry): string {
  const said = clean(carrying ?? '');
  if (byHttp + byWebSocket === 0) return `${said} (nothing seen)`;
  const seen = byWebSocket === 0 ? 'HTTP' : byHttp === 0 ? 'WebSocket' : 'both';
  return (said === 'websocket') === (seen === 'WebSocket') ? said : `${said} (${seen} on the wire)`;
}

/** Where the same carries it, what differs is chance. */
function beyond(one: FallbackTry, plain: FallbackTry): string {
  if (one.carrying === plain.carrying) return 'as plain';
  const bytes = bytesOf(one) - bytesOf(plain);
  return `${signed(one.tookMs - plain.tookMs, (ms) => ms.toFixed(1))} ms, ${signed(bytes, count)} B`;
}

function bytesOf({ bytesUp, bytesDown }: FallbackTry): number {
  return bytesUp + bytesDown;
}

function signed(value: number, told: (value: number) => string): string {
  return `${value < 0 ? '−' : '+'}${told(Math.abs(value))}`;
}
