import { expect, test } from 'vitest';
import { plainLook } from '../../src/cli/look.ts';
import type { Fallback, FallbackTry } from '../../src/measurements.ts';
import { fallbackFormats } from '../../src/report/index.ts';
import { HOSTILE, sampleReport } from './sample.ts';

const CONNECTED: FallbackTry = {
  ...{ transport: 'socketio', way: 'plain', outcome: 'connected', tookMs: 10, error: null, settledMs: 20 },
  ...{ carrying: 'websocket', sent: 10, delivered: 10, byHttp: 0, byWebSocket: 5 },
  ...{ connections: 3, bytesUp: 1000, bytesDown: 2000 },
};
const FELL_BACK: FallbackTry = {
  ...CONNECTED,
  ...{
    way: 'upgrade-dropped',
    tookMs: 15.5,
    settledMs: null,
    carrying: 'polling',
    byHttp: 5,
    byWebSocket: 0,
  },
  bytesUp: 1500,
};

/** What a terminal obeys, line breaks aside. */
const UNSAFE = /[\p{Cf}]|(?!\n)\p{Cc}/u;

function found(tries: readonly FallbackTry[]): Fallback {
  const { rounds, summaries, comparisons, precision, ...head } = sampleReport();
  const crossed = [{ connection: 1, way: 'up', atMs: 1, what: 'bytes', text: HOSTILE }] as const;
  const error = { code: 'connect', message: HOSTILE };
  const mismatch = {
    client: HOSTILE,
    server: 'socketio',
    outcome: 'refused',
    tookMs: 3,
    error,
    crossed,
  } as const;
  return { ...head, schema: 'rtbench/fallback@1', patienceMs: 5000, tries, mismatches: [mismatch] };
}

test('what a fallback cost is told beside the plain way', () => {
  const text = fallbackFormats.table(found([CONNECTED, FELL_BACK]), { ...plainLook, columns: 160 });
  expect(text).toContain('+5.5 ms, +500 B');
  const prose = text.replaceAll('\n', ' ');
  expect(prose).toContain('socket.io fell back to polling behind upgrade-dropped.');
  expect(prose).toContain('still tried for a WebSocket after 5 s');
});

test('a client that says another thing than the wire is not believed', () => {
  const liar = { ...CONNECTED, byHttp: 5, byWebSocket: 0 };
  expect(fallbackFormats.table(found([liar]), plainLook)).toContain('websocket (HTTP on the wire)');
});

test('what failed is told with its error', () => {
  const error = { code: 'connect', message: 'Cannot connect: 403' };
  const refused: FallbackTry = {
    ...CONNECTED,
    ...{
      transport: 'websocket',
      way: 'upgrade-403',
      outcome: 'refused',
      error,
      carrying: null,
      settledMs: null,
    },
    ...{ sent: 0, delivered: 0, byWebSocket: 0 },
  };
  const text = fallbackFormats.table(found([refused]), plainLook);
  expect(text).toContain('WebSocket has nothing to fall back to:');
  expect(text).toContain('websocket · upgrade-403: Cannot connect: 403 (connect)');
});

test('hostile text is printed harmless, and no line is too long', () => {
  for (const columns of [40, 80, 200]) {
    const text = fallbackFormats.table(found([CONNECTED, FELL_BACK]), { ...plainLook, columns });
    expect(text).not.toMatch(UNSAFE);
    if (columns > 40)
      expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(columns);
  }
  expect(fallbackFormats.markdown(found([CONNECTED]), plainLook)).not.toMatch(UNSAFE);
});
