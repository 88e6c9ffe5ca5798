import { describe, expect, it } from 'vitest';
import { browserHeaders } from '../../../src/transports/browser.ts';
import type { Asker } from '../../../src/transports/http/client/line.ts';
import { arrived } from '../harness.ts';
import { ask, CHUNKED, HEARD_OK, Hearing, LINES, OK, useLine, write } from './stage.ts';

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

describe.each(LINES)('%s line', (_name, openLine) => {
  const { line, open, stage } = useLine(openLine);

  it.each(['minimal', 'browser'] as const)('asks with %s headers, in one write each', async (headers) => {
    open({ headers });
    const asks = [
      (asker: Asker) => line().get('/stream', asker),
      (asker: Asker) => line().get('/stream/1', asker, { headers: 'Last-Event-ID: 17\r\n' }),
      (asker: Asker) => line().post('/text', 'é', asker),
      (asker: Asker) => line().post('/text', '', asker),
      (asker: Asker) => line().post('/bytes', Uint8Array.of(1, 255), asker),
      (asker: Asker) => line().post('/bytes', new Uint8Array(0), asker),
      (asker: Asker) => line().delete('/gone', asker),
    ];
    for (const ask of asks) {
      const hearing = new Hearing();
      ask(hearing);
      await hearing.done();
    }
    const url = new URL(`http://127.0.0.1:${stage().port}/`);
    const more = headers === 'browser' ? Object.entries(browserHeaders(url, 'fetch')) : [];
    const common = `Host: ${url.host}\r\nConnection: keep-alive\r\n${more.map(([a, b]) => `${a}: ${b}\r\n`).join('')}`;
    const text = 'Content-Type: text/plain;charset=utf-8\r\n';
    const bytes = 'Content-Type: application/octet-stream\r\n';
    expect(stage().reads).toEqual([
      `GET /base/stream HTTP/1.1\r\n${common}\r\n`,
      `GET /base/stream/1 HTTP/1.1\r\n${common}Last-Event-ID: 17\r\n\r\n`,
      `POST /base/text HTTP/1.1\r\n${common}${text}Content-Length: 2\r\n\r\nÃ©`,
      `POST /base/text HTTP/1.1\r\n${common}${text}Content-Length: 0\r\n\r\n`,
      `POST /base/bytes HTTP/1.1\r\n${common}${bytes}Content-Length: 2\r\n\r\n\u0001\u00ff`,
      `POST /base/bytes HTTP/1.1\r\n${common}${bytes}Content-Length: 0\r\n\r\n`,
      `DELETE /base/gone HTTP/1.1\r\n${common}\r\n`,
    ]);
    expect(stage().connections).toBe(1);
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
    line().get(
      '/1',
      asker('first', () => line().get('/4', asker('fourth'))),
    );
    line().post('/2', 'x', asker('second'));
    line().get('/3', asker('third'));
    await arrived(order, 4);
    expect(order).toEqual(['first', 'second', 'third', 'fourth']);
    expect([stage().connections, stage().overlaps]).toEqual([1, 0]);
  });

  it.each(ANSWERS)(
    'hears an answer with %s, whole or byte by byte, and goes on',
    async (_what, answer, heard) => {
      for (const pieces of [[answer], answer.split('')]) {
        stage().answers.push(async (socket) => {
          for (const piece of pieces) await write(socket, piece);
          if (answer.includes('close')) socket.end();
        });
        const hearing = new Hearing();
        line().get('/', hearing);
        await hearing.done();
        expect(hearing.whole()).toEqual([...heard, 'end']);
        expect(await ask(line())).toEqual(HEARD_OK);
      }
      expect(stage().connections).toBe(answer.includes('close') ? 3 : 1);
    },
  );

  it('takes the end of the connection for the end of an answer without a length', async () => {
    stage().answers.push((socket) => socket.end('HTTP/1.0 200 OK\r\n\r\nall there is'));
    expect(await ask(line())).toEqual(['200', 'all there is', 'end']);
    expect(await ask(line())).toEqual(HEARD_OK);
  });
});
