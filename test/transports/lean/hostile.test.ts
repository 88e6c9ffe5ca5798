import { createHash } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { ClientOptions, Connection, Message } from '../../../src/contracts.ts';
import { RtbenchError } from '../../../src/errors.ts';
import { websocket } from '../../../src/transports/websocket/index.ts';
import { clientOptions, listen, until } from '../harness.ts';

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const OPTIONS = { heartbeatMs: 60, heartbeatTimeoutMs: 60, maxMessageBytes: 300 };

/** What a server does with a client whose request it has read. */
type Script = (socket: Socket, agreed: Buffer) => void;

/** All that came of one client. */
interface Outcome {
  readonly said: Message[];
  readonly ended: string[];
  refused?: unknown;
  /** The request without its key, and the frames after it, unmasked. */
  head: string;
  readonly sent: [opcode: number, payload: string][];
}

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function outcomeOf(
  crowd: 'client' | 'leanClient',
  script: Script,
  {
    use,
    ...options
  }: Partial<ClientOptions> & { use?: (connection: Connection, outcome: Outcome) => Promise<void> } = {},
): Promise<Outcome> {
  const outcome: Outcome = { said: [], ended: [], head: '', sent: [] };
  let came = Buffer.alloc(0);
  let isGone = false;
  const server = createServer((socket) => {
    const read = (bytes: Buffer) => {
      const before = came.indexOf('\r\n\r\n');
      came = Buffer.concat([came, bytes]);
      if (before < 0 && came.includes('\r\n\r\n')) script(socket, agreement(String(came)));
    };
    socket
      .on('data', read)
      .on('error', () => {})
      .on('close', () => {
        isGone = true;
      });
  });
  servers.push(server);
  const url = new URL(`http://127.0.0.1:${await listen(server)}/base/`);
  const connect = await websocket[crowd]();
  const events = {
    message: (message: Message) => outcome.said.push(message),
    closed: (why: string) => outcome.ended.push(why),
  };
  try {
    const connection = await connect(url, events, clientOptions({ ...OPTIONS, ...options }));
    if (use !== undefined) await use(connection, outcome);
    else await until('the end', () => outcome.ended.length > 0);
  } catch (error) {
    outcome.refused = error;
  }
  await until('no socket', () => isGone);
  const end = came.indexOf('\r\n\r\n') + 4;
  outcome.head = came.toString('latin1', 0, end).replace(/Key: .{24}|127.0.0.1:\d+/g, '*');
  outcome.sent.push(...framesOf(came.subarray(end)));
  return outcome;
}

function agreement(request: string): Buffer {
  const key = /Sec-WebSocket-Key: (.*)\r\n/.exec(request)?.[1];
  const accept = createHash('sha1')
    .update(key + GUID)
    .digest('base64');
  const lines = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade'];
  return Buffer.from(`${lines.join('\r\n')}\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
}

/** A client's short frames. */
function framesOf(bytes: Buffer): Outcome['sent'] {
  if (bytes.length === 0) return [];
  const length = (bytes[1] ?? 0) & 127;
  const mask = bytes.subarray(2, 6);
  const payload = bytes.subarray(6, 6 + length).map((byte, at) => byte ^ (mask[at & 3] ?? 0));
  return [[bytes[0] ?? 0, Buffer.from(payload).toString('latin1')], ...framesOf(bytes.subarray(6 + length))];
}

/** Agrees, and sends that in the same packet. */
function opensWith(...frames: (number[] | Buffer)[]): Script {
  return (socket, agreed) =>
    socket.write(Buffer.concat([agreed, ...frames.map((bytes) => Buffer.from(bytes))]));
}

const HELLO = [0x81, 2, 0x68, 0x69];
const CLOSE_PROTOCOL_ERROR = [0x88, '\u0003\u00ea'];
const CLOSE_TOO_LARGE = [0x88, '\u0003\u00f1'];

describe('a server that does not agree', () => {
  it.each<[what: string, script: Script, why: string]>([
    ['garbage', (socket) => socket.write('\0\x01garbage'), 'Parse Error'],
    [
      'an endless head',
      (socket) => socket.write(`HTTP/1.1 101 X\r\nX: ${'y'.repeat(60 << 10)}`),
      'Header overflow',
    ],
    ['a page', (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'), 'response: 200'],
    ['a refusal', (socket) => socket.end('HTTP/1.1 503 Busy\r\n\r\n'), 'response: 503'],
    ['an end at once', (socket) => socket.end(), 'socket hang up'],
    ['an end in the head', (socket) => socket.end('HTTP/1.1 101 Swi'), ''],
    ['a reset', (socket) => socket.resetAndDestroy(), 'ECONNRESET'],
    ['silence', () => {}, 'Opening handshake has timed out'],
    ['a wrong key', (socket) => socket.write(agreement('')), 'Invalid Sec-WebSocket-Accept header'],
    [
      'another protocol',
      (socket, agreed) => socket.write(String(agreed).replace('websocket', 'h2c')),
      'Invalid Upgrade header',
    ],
    [
      'an extension',
      (socket, agreed) => socket.write(String(agreed).replace('Conn', 'Sec-WebSocket-Extensions: x\r\nConn')),
      'Extensions header',
    ],
  ])('%s', async (_what, script, why) => {
    for (const crowd of ['client', 'leanClient'] as const) {
      const { refused, ended, said } = await outcomeOf(crowd, script);
      expect(refused).toBeInstanceOf(RtbenchError);
      expect(refused).toMatchObject({ code: 'connect', message: expect.stringContaining(why) });
      expect([ended, said]).toEqual([[], []]);
    }
  });

  it('is given up when nobody waits any longer', async () => {
    for (const crowd of ['client', 'leanClient'] as const) {
      const options = { heartbeatTimeoutMs: 60_000, signal: AbortSignal.timeout(20) };
      const { refused } = await outcomeOf(crowd, () => {}, options);
      expect(refused).toMatchObject({ code: 'connect' });
    }
  });
});

describe('a server that agrees', () => {
  it.each<[what: string, script: Script, Partial<Outcome>]>([
    [
      'and says more in the same packet, then goodbye',
      opensWith(HELLO, [0x82, 1, 7], [0x89, 2, 0x61, 0x62], [0x88, 4, 0x0f, 0xa1, 0x6f, 0x6b], HELLO),
      {
        said: ['hi', Buffer.from([7])],
        ended: ['closed (4001) ok'],
        sent: [
          [0x8a, 'ab'],
          [0x88, '\u000f\u00a1ok'],
        ],
      },
    ],
    [
      'and says goodbye without a word',
      opensWith([0x88, 0]),
      { ended: ['closed (1005)'], sent: [[0x88, '']] },
    ],
    [
      'and sends its answer byte by byte',
      (socket, agreed) => {
        socket.setNoDelay();
        const bytes = [...agreed, ...HELLO, 0x88, 0];
        const next = (at: number) => {
          socket.write(Buffer.from(bytes.slice(at, at + 8)));
          if (at + 8 < bytes.length) setImmediate(next, at + 8);
        };
        next(0);
      },
      { said: ['hi'], ended: ['closed (1005)'] },
    ],
    [
      'and ends in a frame',
      (socket, agreed) => socket.end(Buffer.concat([agreed, Buffer.from([0x81, 9, 1])])),
      { ended: ['closed (1006)'] },
    ],
    [
      'and resets',
      (socket, agreed) => socket.write(agreed, () => setTimeout(() => socket.resetAndDestroy(), 20)),
      { ended: ['closed (1006)'] },
    ],
    [
      'and cuts a frame for ever',
      opensWith(HELLO, [0x81, 9, 1]),
      { said: ['hi'], ended: ['the server was silent for 120 ms'], sent: [] },
    ],
    [
      'a frame that claims 2^63 bytes',
      opensWith([0x82, 127, 128, 0, 0, 0, 0, 0, 0, 0]),
      {
        ended: ['Unsupported WebSocket frame: payload length > 2^53 - 1'],
        sent: [CLOSE_TOO_LARGE] as Outcome['sent'],
      },
    ],
    [
      'a frame that is too large',
      opensWith(HELLO, [0x81, 126, 1, 45]),
      { said: ['hi'], ended: ['Max payload size exceeded'] },
    ],
    [
      'fragments that are too large',
      opensWith([0x01, 126, 0, 250], Buffer.alloc(250), [0x80, 51]),
      { said: [], ended: ['Max payload size exceeded'] },
    ],
    [
      'noise',
      opensWith(Buffer.from('HTTP/1.1 200 OK\r\n\r\n')),
      {
        ended: ['Invalid WebSocket frame: RSV1 must be clear'],
        sent: [CLOSE_PROTOCOL_ERROR] as Outcome['sent'],
      },
    ],
    [
      'a masked frame',
      opensWith([0x81, 0x82, 1, 2, 3, 4, 5, 6]),
      { ended: ['Invalid WebSocket frame: MASK must be clear'] },
    ],
    [
      'a ping that is too large',
      opensWith([0x89, 126, 0, 126]),
      { ended: ['Invalid WebSocket frame: invalid payload length 126'] },
    ],
    [
      'text that is none',
      opensWith([0x81, 2, 0xc3, 0x28]),
      { said: [], ended: ['Invalid WebSocket frame: invalid UTF-8 sequence'] },
    ],
    [
      'a goodbye that is none',
      opensWith([0x88, 2, 0x03, 0xed]),
      { ended: ['Invalid WebSocket frame: invalid status code 1005'] },
    ],
  ])('%s', async (_what, script, expected) => {
    const [lean, library] = await Promise.all([outcomeOf('leanClient', script), outcomeOf('client', script)]);
    expect(lean).toMatchObject(expected);
    expect(lean).toEqual(library);
  });

  it('is left in the end though it does not answer a goodbye', async () => {
    const farewells = (['client', 'leanClient'] as const).map(async (crowd) => {
      const outcome = await outcomeOf(crowd, opensWith(HELLO), {
        heartbeatMs: 60_000,
        use: (connection) => connection.close().then(() => connection.send('too late')),
      });
      expect(outcome).toMatchObject({ said: ['hi'], ended: [], sent: [[0x88, '']] });
    });
    await Promise.all(farewells);
  });

  it('is heard no more by whoever cuts in the middle of a read', async () => {
    for (const crowd of ['client', 'leanClient'] as const) {
      const later: Script = (socket, agreed) => {
        socket.write(agreed);
        setTimeout(() => socket.write(Buffer.from([...HELLO, ...HELLO, ...HELLO])), 20);
      };
      const use = async (connection: Connection, { said }: Outcome) => {
        const { promise, resolve } = Promise.withResolvers<void>();
        said.push = (message) => {
          resolve(connection.cut());
          said[said.length] = message;
          return said.length;
        };
        await promise;
      };
      const outcome = await outcomeOf(crowd, later, { use });
      expect([[...outcome.said], outcome.ended]).toEqual([['hi'], []]);
    }
  });

  it('is asked in the same words by a browser', async () => {
    const options = { headers: 'browser', localAddress: '127.0.0.7' } as const;
    const script = opensWith([0x88, 0]);
    const lean = await outcomeOf('leanClient', script, options);
    expect(lean.head).toContain('Mozilla');
    expect(lean.head).toBe((await outcomeOf('client', script, options)).head);
  });
});
