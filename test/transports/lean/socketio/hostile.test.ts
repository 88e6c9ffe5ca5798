import { createHash } from 'node:crypto';
import { createServer, type Socket } from 'node:net';
import { describe, it, type TestContext } from 'vitest';
import type { Transport } from '../../../../src/contracts.ts';
import { RtbenchError } from '../../../../src/errors.ts';
import { socketioPolling, socketioWebsocket } from '../../../../src/transports/socketio/index.ts';
import { clientOptions, listen, until } from '../../harness.ts';

const HELLO = '0{"sid":"s","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000}';
const OPTIONS = { heartbeatMs: 100, heartbeatTimeoutMs: 300, maxMessageBytes: 1_000, random: () => 0 };
const GARBAGE = Buffer.from(Array.from({ length: 4_096 }, (_, index) => (index * 167 + 13) & 255));

/** What a server answers to the first request of all, in place of a handshake. */
const GREETINGS: readonly (readonly [what: string, answer: (socket: Socket) => unknown])[] = [
  ['nothing', () => {}],
  ['its end', (socket) => socket.end()],
  ['a reset', (socket) => socket.resetAndDestroy()],
  ['garbage', (socket) => socket.write(GARBAGE)],
  ['a head without end', (socket) => endlessly(socket, 'HTTP/1.1 200 OK\r\n', 'X-More: more\r\n')],
  ['a refusal', (socket) => socket.write('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n')],
  ['half an answer', (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n0{"sid"')],
  ['a packet without end', (socket) => endlessly(socket, 'HTTP/1.1 200 OK\r\n\r\n', 'x'.repeat(1_000))],
  ['packets without end', (socket) => endlessly(socket, 'HTTP/1.1 200 OK\r\n\r\n', '2\u001e'.repeat(500))],
  [
    'a chunk without a size',
    (socket) => socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'),
  ],
  ['no JSON', (socket) => socket.write(answer('0{'))],
  ['JSON of another kind', (socket) => socket.write(answer('0null'))],
  ['a handshake of nonsense', (socket) => socket.write(answer('0{"sid":"\\ud800","pingInterval":"x"}'))],
  ['an unknown packet', (socket) => socket.write(answer('x'))],
  ['nobody may join', (socket) => socket.write(answer(`${HELLO}\u001e44{"message":"no"}`))],
  ['a handshake and no more', (socket) => socket.write(answer(HELLO))],
];

describe.concurrent.each([socketioPolling, socketioWebsocket])(
  '$name refuses to connect where a server answers',
  (transport) => {
    it.for(GREETINGS)('%s', async ([, greet], context) => {
      const { expect } = context;
      const { url, sockets } = await serveRaw(context, (socket) => greet(socket));
      await expect(open(transport, url)).rejects.toThrow(RtbenchError);
      await until('no socket is left', () => sockets.size === 0);
    });
  },
);

/** What a server sends to a WebSocket client once it is in, and what that client says of it. */
const FRAMES: readonly (readonly [what: string, frames: readonly Buffer[], why: string])[] = [
  ['an unknown engine packet', [frame(1, '9')], 'transport error'],
  ['an unknown packet', [frame(1, '49')], 'parse error'],
  ['half an event', [frame(1, '42["m","x')], 'parse error'],
  ['bytes out of turn', [frame(2, 'x')], 'parse error'],
  [
    'text in place of an attachment',
    [frame(1, '451-["m",{"_placeholder":true,"num":0}]'), frame(1, '42["m","x"]')],
    'parse error',
  ],
  ['too many attachments', [frame(1, '499-["m"]')], 'parse error'],
  [
    'an attachment that is not there',
    [frame(1, '451-["m",{"_placeholder":true,"num":7}]'), frame(2, 'x')],
    'parse error',
  ],
  ['a message beyond the limit', [frame(1, `42["m","${'x'.repeat(4_000)}"]`)], 'transport error'],
  ['a masked frame', [Buffer.from([0x81, 0x81, 1, 2, 3, 4, 5])], 'transport error'],
  ['garbage', [GARBAGE], 'transport error'],
  ['a goodbye', [Buffer.from([0x88, 0])], 'transport close'],
];

describe.concurrent('a client that is in', () => {
  it.for(FRAMES)('comes back after %s', async ([, frames, why], context) => {
    let turns = 0;
    const { url } = await serveRaw(context, (socket, request) => {
      socket.write(handshake(request));
      for (const text of [HELLO, '40{"sid":"x"}', '42["m","good"]']) socket.write(frame(1, text));
      if (turns++ === 0) for (const bytes of frames) socket.write(bytes);
      socket.on('data', () => turns === 1 && socket.end());
    });
    const told: string[] = [];
    const connection = await open(socketioWebsocket, url, told);
    await until('it came back', () => told.includes('resumed false'));
    context.expect(told.slice(0, 3)).toEqual(['good', `interrupted ${why}`, 'resumed false']);
    await connection.cut();
  });

  it('misses pings and comes back', async (context) => {
    const silent = HELLO.replace('25000', '50').replace('20000', '100');
    let turns = 0;
    const { url } = await serveRaw(context, (socket, request) => {
      socket.write(handshake(request));
      socket.write(frame(1, turns++ === 0 ? silent : HELLO));
      socket.write(frame(1, '40{"sid":"x"}'));
    });
    const told: string[] = [];
    const connection = await open(socketioWebsocket, url, told);
    await until('it came back', () => told.length === 2);
    context.expect(told).toEqual(['interrupted ping timeout', 'resumed false']);
    await connection.cut();
  });

  it('is told that it is over where the server says so', async (context) => {
    const { url, sockets } = await serveRaw(context, (socket, request) => {
      socket.write(handshake(request));
      for (const text of [HELLO, '40{"sid":"x"}', '41']) socket.write(frame(1, text));
    });
    const told: string[] = [];
    await open(socketioWebsocket, url, told);
    await until('it was told', () => told.length > 0);
    context.expect(told).toEqual(['closed io server disconnect']);
    await until('no socket is left', () => sockets.size === 0);
  });

  it('survives whatever mutation of what a good server sends', async (context) => {
    const texts = [HELLO, '40{"sid":"x"}', '42["m","good"]', '2', '430["answer"]', '42["m","a \\"b\\""]'];
    const good = Buffer.concat(texts.map((text) => frame(1, text)));
    let seed = 1;
    const draw = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed;
    };
    const { url } = await serveRaw(context, (socket, request) => {
      const bytes = Buffer.from(good);
      for (let change = draw() % 4; change >= 0; change--) bytes[draw() % bytes.length] = draw() & 255;
      socket.write(handshake(request));
      socket.end(bytes);
    });
    for (let run = 0; run < 100; run++) {
      const told: string[] = [];
      const connection = await open(socketioWebsocket, url, told, AbortSignal.timeout(20)).catch(
        () => undefined,
      );
      await connection?.cut();
      context.expect(told.filter((it) => it.length > 40)).toEqual([]);
    }
  });
});

async function open(transport: Transport, url: URL, told: string[] = [], signal?: AbortSignal) {
  const connect = await transport.leanClient();
  const events = {
    message: (message: string | Uint8Array) => told.push(String(message)),
    closed: (why: string) => told.push(`closed ${why}`),
    interrupted: (why: string) => told.push(`interrupted ${why}`),
    resumed: (whole: boolean) => told.push(`resumed ${whole}`),
  };
  return connect(url, events, clientOptions({ ...OPTIONS, ...(signal && { signal }) }));
}

/** Answers the first that each connection says. */
async function serveRaw({ onTestFinished }: TestContext, greet: (socket: Socket, request: string) => void) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    socket.once('data', (request) => greet(socket, String(request)));
  });
  const url = new URL(`http://127.0.0.1:${await listen(server)}/`);
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { url, sockets };
}

function answer(body: string): string {
  return `HTTP/1.1 200 OK\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

function endlessly(socket: Socket, head: string, more: string): void {
  socket.write(head);
  const timer = setInterval(() => socket.write(more.repeat(20)), 1);
  socket.on('close', () => clearInterval(timer));
}

function handshake(request: string): string {
  const key = /Sec-WebSocket-Key: (.*)\r\n/.exec(request)?.[1];
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  return `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`;
}

function frame(opcode: number, text: string): Buffer {
  const payload = Buffer.from(text);
  const length = payload.length < 126 ? [payload.length] : [126, payload.length >> 8, payload.length & 255];
  return Buffer.concat([Buffer.from([0x80 | opcode, ...length]), payload]);
}
