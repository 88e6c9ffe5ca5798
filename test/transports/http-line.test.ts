import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ClientOptions } from '../../src/contracts.ts';
import { browserHeaders } from '../../src/transports/browser.ts';
import type { Asker, Line } from '../../src/transports/http/client/line.ts';
import { openLeanLine } from '../../src/transports/http/lean/line.ts';
import { openLibraryLine } from '../../src/transports/http/library/line.ts';
import { arrived, clientOptions, listen, until } from './harness.ts';

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const CHUNKED = 'HTTP/1.1 200 OK\r\nContent-Type: a/b\r\nTransfer-Encoding: chunked\r\n\r\n';
const HEARD_OK = ['200', 'ok', 'end'];
const SILENT_MS = 40;

/** Answers, what is heard of each, and whether the server ends the connection by it. */
const ANSWERS: readonly (readonly [what: string, answer: string, heard: readonly string[]])[] = [
  [
    'a length',
    'HTTP/1.1 201 Created\r\ncontent-type: a/b\r\ncontent-length: 4\r\n\r\nbody',
    ['201a/b', 'body'],
  ],
  ['no body', 'HTTP/1.1 204 No Content\r\nKeep-Alive: timeout=5\r\n\r\n', ['204']],
  ['an empty body', 'HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n', ['404']],
  ['chunks', `${CHUNKED}3\r\none\r\n3;x="y"\r\ntwo\r\n00\r\nTrailer: x\r\n\r\n`, ['200a/b', 'onetwo']],
  [
    'word of it before',
    `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nA: b\r\n\r\n${OK}`,
    ['200', 'ok'],
  ],
  [
    'a server that closes',
    `HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok`,
    ['200', 'ok'],
  ],
];

/** Answers that break off or are none, and how the server goes on. */
const BROKEN: readonly (readonly [what: string, answer: string, end: 'ends' | 'resets' | 'waits'])[] = [
  ['nothing', '', 'ends'],
  ['nothing, and a reset', '', 'resets'],
  ['half a head', 'HTTP/1.1 200 OK\r\nConte', 'ends'],
  ['half a body', 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf', 'ends'],
  ['half a body, and a reset', 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf', 'resets'],
  ['half a chunk', `${CHUNKED}a\r\nhalf`, 'ends'],
  ['no last chunk', `${CHUNKED}4\r\nhalf\r\n`, 'ends'],
  ['a chunk without a size', `${CHUNKED}xyz\r\n`, 'waits'],
  ['what is no HTTP', 'SSH-2.0-OpenSSH_9.6\r\n\r\n', 'waits'],
  ['another HTTP', 'HTTP/2 200\r\n\r\n', 'waits'],
  ['a head without an end', `HTTP/1.1 200 OK\r\n${'X: y\r\n'.repeat(20_000)}`, 'waits'],
  ['silence', '', 'waits'],
  ['a body that stops', 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf', 'waits'],
];

describe.each([
  ['the lean', openLeanLine],
  ['the library', openLibraryLine],
] as const)('%s line', (_name, openLine) => {
  let stage: Stage;
  let line: Line;
  const open = (options: Partial<ClientOptions> = {}) => {
    line = openLine(new URL(`http://127.0.0.1:${stage.port}/base/`), clientOptions(options));
  };
  beforeEach(async () => {
    stage = await begin();
    open({ heartbeatTimeoutMs: 5_000 });
  });
  afterEach(async () => {
    await line.close();
    await stage.end();
  });

  it.each(['minimal', 'browser'] as const)('asks with %s headers, in one write each', async (headers) => {
    open({ headers });
    const asks = [
      (asker: Asker) => line.get('/stream', asker),
      (asker: Asker) => line.get('/stream/1', asker, { headers: 'Last-Event-ID: 17\r\n' }),
      (asker: Asker) => line.post('/text', 'é', asker),
      (asker: Asker) => line.post('/text', '', asker),
      (asker: Asker) => line.post('/bytes', Uint8Array.of(1, 255), asker),
      (asker: Asker) => line.post('/bytes', new Uint8Array(0), asker),
      (asker: Asker) => line.delete('/gone', asker),
    ];
    for (const ask of asks) {
      const hearing = new Hearing();
      ask(hearing);
      await hearing.done();
    }
    const url = new URL(`http://127.0.0.1:${stage.port}/`);
    const more = headers === 'browser' ? Object.entries(browserHeaders(url, 'fetch')) : [];
    const common = `Host: ${url.host}\r\nConnection: keep-alive\r\n${more.map(([a, b]) => `${a}: ${b}\r\n`).join('')}`;
    const text = 'Content-Type: text/plain;charset=utf-8\r\n';
    const bytes = 'Content-Type: application/octet-stream\r\n';
    expect(stage.reads).toEqual([
      `GET /base/stream HTTP/1.1\r\n${common}\r\n`,
      `GET /base/stream/1 HTTP/1.1\r\n${common}Last-Event-ID: 17\r\n\r\n`,
      `POST /base/text HTTP/1.1\r\n${common}${text}Content-Length: 2\r\n\r\nÃ©`,
      `POST /base/text HTTP/1.1\r\n${common}${text}Content-Length: 0\r\n\r\n`,
      `POST /base/bytes HTTP/1.1\r\n${common}${bytes}Content-Length: 2\r\n\r\n\u0001\u00ff`,
      `POST /base/bytes HTTP/1.1\r\n${common}${bytes}Content-Length: 0\r\n\r\n`,
      `DELETE /base/gone HTTP/1.1\r\n${common}\r\n`,
    ]);
    expect(stage.connections).toBe(1);
  });

  it('asks one thing after the other over one connection, also what is asked within an answer', async () => {
    const order: string[] = [];
    const asker = (name: string, then = () => {}) => {
      const hearing = new Hearing();
      hearing.end = () => {
        order.push(name);
        then();
      };
      return hearing;
    };
    line.get(
      '/1',
      asker('first', () => line.get('/4', asker('fourth'))),
    );
    line.post('/2', 'x', asker('second'));
    line.get('/3', asker('third'));
    await arrived(order, 4);
    expect(order).toEqual(['first', 'second', 'third', 'fourth']);
    expect([stage.connections, stage.overlaps]).toEqual([1, 0]);
  });

  it.each(ANSWERS)(
    'hears an answer with %s, whole or byte by byte, and goes on',
    async (_what, answer, heard) => {
      for (const pieces of [[answer], answer.split('')]) {
        stage.answers.push(async (socket) => {
          for (const piece of pieces) await write(socket, piece);
          if (answer.includes('close')) socket.end();
        });
        const hearing = new Hearing();
        line.get('/', hearing);
        await hearing.done();
        expect(hearing.whole()).toEqual([...heard, 'end']);
        expect(await ask(line)).toEqual(HEARD_OK);
      }
      expect(stage.connections).toBe(answer.includes('close') ? 3 : 1);
    },
  );

  it('takes the end of the connection for the end of an answer without a length', async () => {
    stage.answers.push((socket) => socket.end('HTTP/1.0 200 OK\r\n\r\nall there is'));
    expect(await ask(line)).toEqual(['200', 'all there is', 'end']);
    expect(await ask(line)).toEqual(HEARD_OK);
  });

  it.each(BROKEN)('fails by %s, once, and goes on over another connection', async (_what, answer, end) => {
    stage.answers.push(async (socket) => {
      await write(socket, answer);
      if (end === 'ends') socket.end();
      if (end === 'resets') socket.resetAndDestroy();
    });
    const hearing = new Hearing();
    line.get('/', hearing, end === 'waits' ? { silentMs: SILENT_MS } : {});
    const after = ask(line);
    await hearing.done();
    expect(hearing.heard.at(-1)).toMatch(/^failed: .{5}/);
    expect(await after).toEqual(HEARD_OK);
    expect(hearing.heard.filter((what) => /^(end|failed|again)/.test(what))).toHaveLength(1);
    expect(stage.connections).toBe(2);
  });

  it('asks once more, on a new socket, where the server ended the one it kept alive', async () => {
    for (let wanted = 1; wanted <= 3; wanted++) {
      if (wanted > 1) stage.answers.push((socket) => socket.destroy());
      const heard = await ask(line);
      if (wanted > 1) expect(heard.shift()).toMatch(/^again: .{5}/);
      expect([heard, stage.connections]).toEqual([HEARD_OK, wanted]);
    }
  });

  it('fails where that second socket is ended too', async () => {
    await ask(line);
    stage.answers.push(
      (socket) => socket.destroy(),
      (socket) => socket.destroy(),
    );
    expect(await ask(line)).toEqual([expect.stringMatching(/^again/), expect.stringMatching(/^failed/)]);
    expect(stage.connections).toBe(2);
  });

  it('asks over a new socket where the server has ended an idle one', async () => {
    await ask(line);
    stage.endAll();
    await until('the end', () => stage.open.size === 0);
    expect((await ask(line)).slice(-3)).toEqual(HEARD_OK);
    expect(stage.connections).toBe(2);
  });

  it('does not ask again where the server was silent', async () => {
    await ask(line);
    stage.answers.push(() => {});
    expect(await ask(line, { silentMs: SILENT_MS })).toEqual([
      `failed: the server was silent for ${SILENT_MS} ms`,
    ]);
  });

  it('allows another silence within an answer, for as long as it says', async () => {
    stage.answers.push(async (socket) => {
      await write(socket, CHUNKED);
      for (let beat = 0; beat < 3; beat++) {
        await new Promise((resolve) => setTimeout(resolve, SILENT_MS));
        await write(socket, '1\r\n.\r\n');
      }
    });
    const hearing = new Hearing();
    hearing.head = () => line.allow(4 * SILENT_MS);
    line.get('/', hearing, { silentMs: 4_000 });
    await hearing.done();
    expect(hearing.heard).toEqual(['.', '.', '.', `failed: the server was silent for ${4 * SILENT_MS} ms`]);
  });

  it.each(['head', 'data'] as const)('fails with what is thrown at the %s of an answer', async (at) => {
    const hearing = new Hearing();
    hearing[at] = () => {
      throw new Error('not for me');
    };
    line.get('/', hearing);
    await hearing.done();
    expect(hearing.heard.at(-1)).toBe('failed: not for me');
    expect(await ask(line)).toEqual(HEARD_OK);
    expect(stage.connections).toBe(2);
  });

  it('says nothing more of what it gave up, and asks at once over another socket', async () => {
    const given = new Hearing();
    for (const answer of ['', CHUNKED, `${CHUNKED}1\r\nx\r\n`]) {
      stage.answers.push(async (socket) => write(socket, answer));
      const asked = stage.reads.length;
      line.get('/', given);
      line.get('/never', given);
      await until('the request', () => stage.reads.length > asked);
      const before = given.heard.length;
      line.abort();
      expect(await ask(line)).toEqual(HEARD_OK);
      expect(given.heard).toHaveLength(before);
    }
    line.get('/', given);
    line.abort();
    expect(await ask(line)).toEqual(HEARD_OK);
    expect(stage.reads.join('')).not.toContain('never');
    await until('one socket', () => stage.open.size === 1);
  });

  it('leaves nothing behind, wherever it is closed', async () => {
    const given = new Hearing();
    const stops: ((hearing: Hearing) => Promise<unknown>)[] = [
      async () => {},
      () => until('a connection', () => stage.open.size > 0),
      (hearing) => until('a head', () => hearing.heard.length > 0),
    ];
    for (const stop of stops) {
      stage.answers.push((socket) => write(socket, `${CHUNKED}1\r\nx\r\n`));
      const hearing = new Hearing();
      open();
      line.get('/', hearing);
      await stop(hearing);
      await Promise.all([line.close(), line.close()]);
      const before = hearing.heard.length;
      line.get('/', given);
      await until('no connection', () => stage.open.size === 0);
      expect(hearing.heard).toHaveLength(before);
      stage.answers.length = 0;
    }
    expect(given.heard).toEqual([]);
  });
});

it('the library line fails what cannot be written', async () => {
  const stage = await begin();
  const line = openLibraryLine(new URL(`http://127.0.0.1:${stage.port}/`), clientOptions());
  const [spoiled, after] = [new Hearing(), new Hearing()];
  line.get('/a b', spoiled);
  line.get('/', after);
  await after.done();
  expect(spoiled.heard).toEqual([expect.stringMatching(/^failed: .*unescaped/)]);
  expect(after.heard).toEqual(HEARD_OK);
  await line.close();
  await stage.end();
});

/** Notes what it is told. */
class Hearing implements Asker {
  readonly heard: string[] = [];

  head(status: number, type: string): void {
    this.heard.push(`${status}${type}`);
  }

  data(part: Buffer): void {
    this.heard.push(part.toString());
  }

  end(): void {
    this.heard.push('end');
  }

  failed({ message }: Error): void {
    this.heard.push(`failed: ${message}`);
  }

  broken({ message }: Error): void {
    this.heard.push(`again: ${message}`);
  }

  done(): Promise<void> {
    return until('an end', () => /^(end|failed)/.test(this.heard.at(-1) ?? ''), { now: () => this.heard });
  }

  /** The same with the body in one piece. */
  whole(): string[] {
    const [head = '', ...rest] = this.heard;
    const body = rest.slice(0, -1).join('');
    return [head, ...(body === '' ? [] : [body]), ...rest.slice(-1)];
  }
}

async function ask(line: Line, more = {}): Promise<string[]> {
  const hearing = new Hearing();
  line.get('/', hearing, more);
  await hearing.done();
  return hearing.heard;
}

/** A server that gives the answers it was told to, and `OK` without. */
interface Stage {
  readonly port: number;
  readonly answers: ((socket: Socket) => unknown)[];
  /** What each read brought. */
  readonly reads: string[];
  readonly open: Set<Socket>;
  readonly connections: number;
  /** How often a request came before the last one was answered. */
  readonly overlaps: number;
  endAll(): void;
  end(): Promise<unknown>;
}

async function begin(): Promise<Stage> {
  const [answers, reads, open]: [Stage['answers'], string[], Set<Socket>] = [[], [], new Set()];
  const counts = { connections: 0, overlaps: 0 };
  let isBusy = false;
  const server: Server = createServer({ noDelay: true }, (socket) => {
    counts.connections++;
    open.add(socket);
    socket.on('error', () => {}).on('close', () => open.delete(socket));
    socket.on('data', async (bytes: Buffer) => {
      reads.push(bytes.toString('latin1'));
      if (isBusy) counts.overlaps++;
      isBusy = true;
      await new Promise(setImmediate);
      isBusy = false;
      await (answers.shift() ?? ((asking: Socket) => asking.write(OK)))(socket);
    });
  });
  const port = await listen(server);
  const drop = (how: 'end' | 'destroy') => {
    for (const socket of open) socket[how]();
  };
  return Object.assign(counts, {
    port,
    answers,
    reads,
    open,
    endAll: () => drop('end'),
    end: () => {
      drop('destroy');
      server.close();
      return once(server, 'close');
    },
  });
}

/** Resolves when it is on its way by itself. */
function write(socket: Socket, text: string): Promise<unknown> {
  return new Promise((resolve) => socket.write(text, 'latin1', () => setImmediate(resolve)));
}
