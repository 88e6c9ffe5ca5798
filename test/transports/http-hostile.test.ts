import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { Transport } from '../../src/contracts.ts';
import { longpoll } from '../../src/transports/longpoll/index.ts';
import { polling } from '../../src/transports/polling/index.ts';
import { sse, streaming } from '../../src/transports/streaming/index.ts';
import { clientOptions, listen, until } from './harness.ts';

/** What a client may be made to take before it gives up. */
const MOST_BYTES = 8 << 20;
const OPTIONS = clientOptions({
  ...{ heartbeatMs: 50, heartbeatTimeoutMs: 400, holdMs: 50, pollIntervalMs: 5 },
  ...{ maxMessageBytes: 1_000, logBytes: 1_000 },
});
const TYPES: Readonly<Record<string, string>> = {
  streaming: 'application/x-ndjson',
  sse: 'text/event-stream',
  polling: 'application/json',
  longpoll: 'application/json',
};
const FIRST: Readonly<Record<string, string>> = {
  streaming: '{"session":"s"}\n',
  sse: 'event: session\nid: 0\ndata: s\n\n',
  polling: '{"cursor":1,"messages":["fir',
  longpoll: '{"cursor":1,"messages":["fir',
};

/** What is written again and again, after what is written once. */
interface Attack {
  readonly once: string;
  readonly again?: string;
  readonly ends?: boolean;
}

const HEADS: Readonly<Record<string, Attack>> = {
  garbage: { once: '\u0000\u0001 no HTTP \r\n\r\n' },
  'a head without an end': { once: 'HTTP/1.1 200 OK\r\n', again: 'X-More: and more\r\n' },
  'a line without an end': { once: 'HTTP/1.1 200 OK\r\nX: ', again: 'x'.repeat(500) },
  'heads before its head': { once: '', again: 'HTTP/1.1 100 Continue\r\n\r\n' },
  'no length that is a number': { once: 'HTTP/1.1 200 OK\r\nContent-Length: 1e3\r\n\r\n' },
  nothing: { once: '' },
  'half a head, then the end': { once: 'HTTP/1.1 200 OK\r\nContent-', ends: true },
};

const BODIES: Readonly<Record<string, Attack>> = {
  'a chunk size without an end': { once: '1;', again: 'x'.repeat(500) },
  'no chunk size': { once: 'zz\r\n' },
  'a chunk longer than its size': { once: '1\r\nxx\r\n' },
  'trailers without an end': { once: '0\r\n', again: 'X: y\r\n'.repeat(100) },
  'a chunk that is cut for ever': { once: 'ffff\r\nxx' },
  'a message without an end': { once: '', again: `400\r\n${'y'.repeat(0x400)}\r\n` },
  'the end in the middle': { once: '5\r\nxx', ends: true },
};

describe.each([polling, longpoll, streaming, sse])('a lean client of $name', (transport) => {
  it.each(Object.entries(HEADS))('cannot connect to a server that sends %s', async (_what, attack) => {
    const server = await hostile(() => attack);
    const connect = await transport.leanClient();
    const events = { message: () => {}, closed: () => {} };
    const failure = await connect(server.url, events, OPTIONS).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'connect', message: expect.stringContaining(server.url.href) });
    expect(server.accepted()).toBeLessThan(MOST_BYTES);
    await server.close();
  });

  it.each([...Object.entries(HEADS), ...Object.entries(BODIES)])(
    'says so when its server comes to send %s',
    async (what, attack) => {
      const told: string[] = [];
      const server = await hostile((asked) => turned(transport, attack, asked, what in HEADS));
      const connect = await transport.leanClient();
      const connection = await connect(
        server.url,
        {
          message: (message) => told.push(`message ${message}`),
          skim: (bytes, start, end) => told.push(`message ${bytes.toString('utf8', start, end)}`),
          closed: (why) => told.push(`closed ${why}`),
          interrupted: (why) => told.push(`closed ${why}`),
        },
        OPTIONS,
      );
      await until('its end', () => told.length > 0);
      expect(told[0]).toMatch(/^closed .{5}/);
      expect(told.filter((word) => word.startsWith('message'))).toEqual([]);
      expect(server.accepted()).toBeLessThan(MOST_BYTES);
      await connection.cut();
      await server.close();
    },
  );
});

/** Lets a client in, then attacks: a stream in the midst of it, a poll by its first answer. */
function turned(transport: Transport, attack: Attack, asked: string, isHead: boolean): Attack {
  const name = transport.name;
  if (asked.startsWith('POST')) {
    const body = '{"session":"s","cursor":0}';
    return { once: `HTTP/1.1 201 Created\r\nContent-Length: ${body.length}\r\n\r\n${body}` };
  }
  const isStream = transport.family === 'streaming';
  if (isHead && !isStream) return attack;
  const first = FIRST[name] ?? '';
  const head = `HTTP/1.1 200 OK\r\nContent-Type: ${TYPES[name]}\r\nTransfer-Encoding: chunked\r\n\r\n`;
  const begun = `${head}${first.length.toString(16)}\r\n${first}\r\n`;
  return { ...attack, once: begun + attack.once };
}

/** A server that writes what it is told to, to each request, for as long as anyone reads. */
async function hostile(attackOf: (asked: string) => Attack) {
  const sockets = new Set<Socket>();
  let accepted = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    socket.on('data', (bytes) => {
      const { once: first, again, ends = false } = attackOf(bytes.toString('latin1'));
      const write = (text: string) => {
        accepted += text.length;
        return socket.write(text, 'latin1');
      };
      const goOn = () => {
        while (again !== undefined && !socket.destroyed && write(again.repeat(20)));
        if (again !== undefined) socket.once('drain', goOn);
      };
      write(first);
      if (ends) socket.end();
      goOn();
    });
  });
  const port = await listen(server);
  return {
    url: new URL(`http://127.0.0.1:${port}/`),
    accepted: () => accepted,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
