import { DEMO_TRANSPORTS } from '../../src/demo-talk.ts';

/** What a hostile visitor sends over one connection, piece by piece; a session's name is put where `SID` stands. */
export type Attack = readonly (string | Buffer)[];

type Random = () => number;

const METHODS = ['GET', 'POST', 'DELETE', 'PUT', 'HEAD', 'OPTIONS', 'PATCH', 'CONNECT', 'TRACE', 'gET', ''];
const PARTS =
  'lane chat polling longpoll streaming sse websocket socketio session stream ask ws socket.io SID .. . %2e%2e %00 0 -1 1e9 99999999999999999999 __proto__ constructor ?EIO=4 ?EIO=4&transport=polling ?sid=__proto__&transport=polling ?EIO=4&transport=websocket&sid=toString'.split(
    ' ',
  );
const HEADERS = [
  'Origin: http://127.0.0.1:8080',
  'Origin: null',
  'Content-Type: text/plain;charset=utf-8',
  'Content-Type: application/octet-stream',
  'Content-Length: 5',
  'Content-Length: -1',
  'Content-Length: 99999999999',
  'Transfer-Encoding: chunked',
  'Transfer-Encoding: gzip, chunked',
  'Connection: Upgrade',
  'Connection: close',
  'Upgrade: websocket',
  'Upgrade: h2c',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  'Expect: 100-continue',
  'Expect: nothing',
  'Last-Event-ID: 1',
  'Last-Event-ID: -9',
  ': nothing',
  'X\u0000: y',
];
/** Packets of engine.io and socket.io that are broken, out of place or out of bounds. */
const PACKETS = [
  '40',
  '40/1,',
  '40/nowhere,{}',
  '40{"pid":{}}',
  '41',
  '42["m","x"]',
  '42["error","x"]',
  '42["disconnect"]',
  '42["newListener",1]',
  '42["m"',
  '42[]',
  '42{}',
  '42["m",{"__proto__":{"x":1}}]',
  '421["m"]',
  '4299999999999999999999["m"]',
  '43["m"]',
  '4399["m"]',
  '44{}',
  '451-["m",{"_placeholder":true,"num":0}]',
  '451-["m",{"_placeholder":true,"num":9}]',
  '4599999999-["m"]',
  '45',
  '461-1["x"]',
  '49',
  '0{"sid":"x"}',
  '1',
  '2',
  '2probe',
  '3',
  '5',
  '6',
  'b!!!',
  'bAAAA',
  '\u001e\u001e\u001e',
  '',
  `42${'['.repeat(4000)}`,
  `42["m","${'x'.repeat(9000)}"]`,
];

function choose<One>(random: Random, all: readonly One[]): One {
  const one = all[Math.floor(random() * all.length)];
  if (one === undefined) throw new Error('nothing to choose from');
  return one;
}

function several<One>(random: Random, most: number, make: () => One): One[] {
  return Array.from({ length: Math.floor(random() * (most + 1)) }, make);
}

function noise(random: Random, most: number): Buffer {
  return Buffer.from(several(random, most, () => random() * 256));
}

function post(path: string, body: string): string {
  const head = `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain;charset=utf-8\r\n`;
  return `${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

/** A frame that a client sends, of any kind, mostly with something wrong about it. */
function frame(random: Random): Buffer {
  const content = random() < 0.5 ? Buffer.from(choose(random, PACKETS)) : noise(random, 200);
  const size = random() < 0.8 ? content.length : Math.floor(random() * 2 ** 32);
  const head = [Math.floor(random() * 256), Math.floor(random() * 2) * 128];
  if (random() < 0.7) head[0] = choose(random, [0x81, 0x82, 0x01, 0x80, 0x89, 0x88]);
  const masked = ((head[1] ?? 0) & 128) !== 0;
  if (size < 126)
    return Buffer.concat([Buffer.from([head[0] ?? 0, (head[1] ?? 0) | size]), mask(content, masked)]);
  const long = Buffer.alloc(10);
  long[0] = head[0] ?? 0;
  long[1] = (head[1] ?? 0) | 127;
  long.writeBigUInt64BE(BigInt(size), 2);
  return Buffer.concat([long, mask(content, masked)]);
}

/** A mask of zeros leaves everything as it is. */
function mask(content: Buffer, masked: boolean): Buffer {
  return masked ? Buffer.concat([Buffer.alloc(4), content]) : content;
}

const UPGRADE =
  'Host: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';

const KINDS: readonly ((random: Random) => Attack)[] = [
  (random) => several(random, 5, () => noise(random, 2000)),
  (random) => {
    const path = `/${several(random, 7, () => choose(random, PARTS)).join('/')}`;
    const headers = several(random, 8, () => `${choose(random, HEADERS)}\r\n`).join('');
    const host = random() < 0.9 ? 'Host: localhost\r\n' : '';
    return [`${choose(random, METHODS)} ${path} HTTP/1.1\r\n${host}${headers}\r\n`, noise(random, 500)];
  },
  // A head without an end.
  () => [
    'GET /lane/sse/stream HTTP/1.1\r\nHost: localhost\r\n',
    ...Array(40).fill(`X: ${'y'.repeat(4000)}\r\n`),
  ],
  // A body that is larger than it may be, with and without saying so.
  (random) => {
    const place = choose(random, ['lane', 'chat']);
    const path = choose(random, [
      'polling/session/SID/1',
      'socketio/socket.io/?EIO=4&transport=polling&sid=SID',
    ]);
    const head = `POST /${place}/${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain;charset=utf-8\r\n`;
    const chunk = `${(60_000).toString(16)}\r\n${'x'.repeat(60_000)}\r\n`;
    const isChunked = random() < 0.5;
    const length = isChunked ? 'Transfer-Encoding: chunked' : 'Content-Length: 999999999';
    return [`${head}${length}\r\n\r\n`, ...Array(20).fill(isChunked ? chunk : 'x'.repeat(60_000))];
  },
  // Many at once, without waiting for an answer.
  (random) => [
    `${choose(random, METHODS)} /lane/longpoll/session/SID/0 HTTP/1.1\r\nHost: localhost\r\n\r\n`.repeat(50),
  ],
  // Messages out of turn, and what no application expects.
  (random) => {
    const [place, name] = [choose(random, ['lane', 'chat']), choose(random, ['polling', 'longpoll', 'sse'])];
    const body = () =>
      choose(random, [
        '{}',
        '[]',
        '{"type":"say"}',
        '{"type":"join","room":{},"name":[]}',
        '\ud800',
        '{"id":1e999}',
      ]);
    const number = () => choose(random, ['1', '0', '2', '999', '-1', 'x', '']);
    return several(random, 10, () => post(`/${place}/${name}/session/SID/${number()}`, body()));
  },
  (random) => {
    const place = choose(random, ['lane', 'chat']);
    const path = `/${place}/socketio/socket.io/?EIO=4&transport=polling&sid=SID`;
    const packets = () => several(random, 4, () => choose(random, PACKETS)).join('\u001e');
    return [post(path, '40'), ...several(random, 6, () => post(path, packets()))];
  },
  (random) => {
    const path = choose(random, [
      'websocket/ws',
      'socketio/socket.io/?EIO=4&transport=websocket',
      'socketio/x',
    ]);
    const place = choose(random, ['lane', 'chat']);
    const hello = Buffer.concat([Buffer.from([0x81, 0x82, 0, 0, 0, 0]), Buffer.from('40')]);
    return [
      `GET /${place}/${path} HTTP/1.1\r\n${UPGRADE}`,
      hello,
      ...several(random, 12, () => frame(random)),
    ];
  },
];

/** One attack of any kind. */
export function attack(random: Random): Attack {
  return choose(random, KINDS)(random);
}

/** Where a session can be had that is attacked then, and how it is named in the answer. */
export const SESSIONS = [
  ...DEMO_TRANSPORTS.slice(0, 2).map((name) => ({ path: `/lane/${name}/session`, method: 'POST' })),
  { path: '/chat/polling/session', method: 'POST' },
  { path: '/lane/socketio/socket.io/?EIO=4&transport=polling', method: 'GET' },
  { path: '/chat/socketio/socket.io/?EIO=4&transport=polling', method: 'GET' },
] as const;
export const SESSION_NAME = /"(?:session|sid)":"([^"]+)"/;
