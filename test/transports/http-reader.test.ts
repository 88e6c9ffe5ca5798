import { describe, expect, it } from 'vitest';
import { Reader } from '../../src/transports/http/lean/reader.ts';

const CHUNKED = 'HTTP/1.1 200 OK\r\nContent-Type: text/x\r\nTransfer-Encoding: chunked\r\n\r\n';
const STREAM = [
  'HTTP/1.1 100 Continue\r\n\r\n',
  'HTTP/1.1 201 Created\r\ncontent-length: 5\r\n\r\nfirst',
  'HTTP/1.1 204 No Content\r\nKeep-Alive: timeout=5\r\n\r\n',
  `${CHUNKED}6\r\nsecond\r\n1A;name="a;b"\r\n${'.'.repeat(26)}\r\n00\r\nTrailer: x\r\n\r\n`,
  'HTTP/1.1 404 Not Found\r\nContent-Type: a/b\r\nContent-Length: 0\r\nConnection: close\r\n\r\n',
  'HTTP/1.0 200 OK\r\n\r\nuntil the end',
].join('');

/** Feeds the pieces of a stream and notes what is told of it. */
function read(pieces: readonly string[]) {
  const answers: { status: number; type: string; body: string; closing: boolean | undefined }[] = [];
  const reader = new Reader({
    head: ({ status, type }) => {
      answers.push({ status, type, body: '', closing: undefined });
    },
    data: (bytes, start, end) => {
      const answer = answers.at(-1);
      if (answer) answer.body += bytes.toString('latin1', start, end);
    },
    complete: (closing) => {
      const answer = answers.at(-1);
      if (answer) answer.closing = closing;
    },
    whole: ({ status, type, closing }, bytes, start, end) => {
      answers.push({ status, type, body: bytes.toString('latin1', start, end), closing });
    },
  });
  for (const piece of pieces) reader.feed(Buffer.from(piece, 'latin1'));
  return { answers, ended: reader.end() };
}

describe('the reader of HTTP answers', () => {
  it('reads every form of body, wherever the bytes are cut', () => {
    for (const size of [1, 2, 3, 7, 40, STREAM.length]) {
      const pieces = STREAM.match(new RegExp(`.{1,${size}}`, 'gs')) ?? [];
      expect(read(pieces)).toEqual({
        ended: true,
        answers: [
          { status: 201, type: '', body: 'first', closing: false },
          { status: 204, type: '', body: '', closing: false },
          { status: 200, type: 'text/x', body: `second${'.'.repeat(26)}`, closing: false },
          { status: 404, type: 'a/b', body: '', closing: true },
          { status: 200, type: '', body: 'until the end', closing: true },
        ],
      });
    }
  });

  it('knows a body that is cut short from one that is complete', () => {
    const { answers, ended } = read(['HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf']);
    expect([answers[0]?.closing, ended]).toEqual([undefined, false]);
  });

  it.each([
    'no HTTP at all\r\n\r\n',
    'HTTP/2 200\r\n\r\n',
    `${CHUNKED}xyz\r\n`,
    `${CHUNKED}fffffffff\r\n`,
    `${CHUNKED}\r\n`,
    `${CHUNKED}2\r\nlonger`,
    `${CHUNKED}${'0'.repeat(20_000)}`,
    `${CHUNKED}1;${'x'.repeat(20_000)}`,
    `${CHUNKED}0\r\n${'X: y\r\n'.repeat(4_000)}`,
    `HTTP/1.1 200 OK\r\n${'X: y\r\n'.repeat(4_000)}`,
    `HTTP/1.1 200 OK\r\n${'X: y\r\n'.repeat(4_000)}\r\n`,
    'HTTP/1.1 100 Continue\r\n\r\n'.repeat(1_000),
    'HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n',
    'HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n',
    'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
    'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
  ])('refuses %j, whole or in pieces', (bytes) => {
    expect(() => read([bytes])).toThrow();
    expect(() => read(bytes.match(/.{1,500}/gs) ?? [])).toThrow();
  });
});
