import { expect, test } from 'vitest';
import { carriedBy, crossingsOf, readable, trafficOf, wasRefused } from '../../src/fallback/wire.ts';
import type { Tapped } from '../../src/instrument/link/protocol.ts';

const UPGRADE = 'GET /ws HTTP/1.1\r\nUpgrade: websocket\r\n\r\n';
const SWITCHED = 'HTTP/1.1 101 Switching Protocols\r\n\r\n';

function tapped(...said: readonly ['up' | 'down', string][]): Tapped {
  const bytes = (wanted: string) =>
    said.reduce((sum, [way, text]) => sum + (way === wanted ? text.length : 0), 0);
  return {
    ...{ target: 0, address: '127.0.0.1', openedNs: 0, upBytes: bytes('up'), downBytes: bytes('down') },
    pieces: said.map(([way, latin1], index) => ({ way, latin1, what: 'bytes', atNs: index * 1e6 })),
  };
}

test('messages are counted by what they crossed in, also where a piece ends inside one', () => {
  const http = tapped(
    ['up', 'GET / HTTP/1.1\r\n\r\n'],
    ['down', 'HTTP/1.1 200 OK\r\n\r\none, t'],
    ['down', 'wo, one'],
  );
  const webSocket = tapped(['up', `${UPGRADE}one`], ['down', `${SWITCHED}\x81\x03one`]);
  expect(carriedBy([http, webSocket], ['one', 'two', 'one'])).toEqual({ byHttp: 3, byWebSocket: 1 });
  expect(trafficOf([http, webSocket])).toMatchObject({ connections: 2, bytesUp: 18 + UPGRADE.length + 3 });
});

test('a request for a WebSocket is refused by any answer but the one', () => {
  expect(wasRefused([tapped(['up', UPGRADE])])).toBe(false);
  expect(wasRefused([tapped(['up', UPGRADE], ['down', SWITCHED])])).toBe(false);
  expect(wasRefused([tapped(['up', UPGRADE], ['down', 'HTTP/1.1 200 OK\r\n\r\n'])])).toBe(true);
  expect(wasRefused([tapped(['up', 'GET / HTTP/1.1\r\n\r\n'], ['down', 'HTTP/1.1 404 No\r\n\r\n'])])).toBe(
    false,
  );
});

test('what crossed stands in the order of time, by connection', () => {
  const [one, two] = [tapped(['up', 'a'], ['down', 'b']), tapped(['up', 'c'])];
  const lines = crossingsOf([one, two], 0).map(({ connection, atMs, text }) => [connection, atMs, text]);
  expect(lines).toEqual([
    [1, 0, 'a'],
    [2, 0, 'c'],
    [1, 1, 'b'],
  ]);
});

test('bytes are shown as what a terminal cannot obey', () => {
  expect(readable('\x81\x05hello\x1b[2J\x9b')).toBe('\\x81\\x05hello\\x1b[2J\\x9b');
  expect(readable('HTTP/1.1 426 \x1b[31m\r\nX: y\r\nUpgrade: websocket\r\n\r\n0\r\n\r\n')).toBe(
    'HTTP/1.1 426 \\x1b[31m · Upgrade: websocket',
  );
  expect(readable('POST /a HTTP/1.1\r\nContent-Type: text/plain\r\n\r\n40')).toBe(
    'POST /a HTTP/1.1 · Content-Type: text/plain · 40',
  );
  expect(readable('x'.repeat(100_000)).length).toBeLessThan(200);
});
