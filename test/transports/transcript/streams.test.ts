import { expect, it } from 'vitest';
import type { Sent } from '../../../src/contracts.ts';
import { polling } from '../../../src/transports/polling/index.ts';
import { sse } from '../../../src/transports/streaming/index.ts';
import { arrived, serve } from '../harness.ts';
import { annotateOf, bytesIn, checked, lines, record, weightOf } from './recording.ts';

const stream = await annotateOf(sse);
const poll = await annotateOf(polling);

const up = (text: string): Sent => ({ way: 'up', bytes: Buffer.from(text) });
const down = (text: string): Sent => ({ way: 'down', bytes: Buffer.from(text) });
const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n';
const EVENTS = HEAD.replace('application/x-ndjson', 'text/event-stream');
const chunk = (text: string) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
const OPENS = up('GET /stream HTTP/1.1\r\n\r\n');

/** Those of a stream after its request and its head. */
function streamLines(sent: readonly Sent[]): string[] {
  return lines(checked(stream, [OPENS, ...sent])).slice(2);
}

it('a chunk takes its length, its digits in hexadecimal and four', () => {
  for (const length of [1, 15, 16, 255, 256, 4095, 4096]) {
    const line = `"${'x'.repeat(length - 1)}`;
    const step = checked(stream, [OPENS, down(HEAD), down(chunk(line))])[2];
    const digits = Math.ceil(Math.log2(length + 1) / 4);
    expect(weightOf(step ?? { parts: [] })).toBe(length + digits + 4);
  }
});

it('lines that share a chunk, a line over several, and one that is cut off', () => {
  const two = down(HEAD + chunk('"one"\n\n') + chunk('"tw') + chunk('o"\n') + chunk('"three"\n').slice(0, 6));
  expect(streamLines([two])).toEqual([
    '← chunk of 7 bytes: message of 3 bytes + heartbeat | framing chunk size 3, framing punctuation 1, payload message 3, framing punctuation 2, heartbeat heartbeat 1, framing end of chunk 2',
    '← chunk of 3 bytes: part of message of 3 bytes | framing chunk size 3, framing punctuation 1, payload message 2, framing end of chunk 2',
    '← chunk of 3 bytes: part of message of 3 bytes | framing chunk size 3, payload message 1, framing punctuation 2, framing end of chunk 2',
    '← chunk of 8 bytes, cut off after 3 bytes: message of 2 bytes | framing chunk size 3, framing punctuation 1, payload message 2',
  ]);
});

it('what was missed, what is not understood, the last chunk, and what is no chunk', () => {
  const said = down(`${HEAD}${chunk('{"missed":3}\n')}${chunk('true\n')}0\r\n\r\n`);
  expect(streamLines([said])).toEqual([
    '← chunk of 13 bytes: what was missed | framing chunk size 3, framing what was missed 13, framing end of chunk 2',
    '← chunk of 5 bytes: 5 bytes not understood | framing chunk size 3, framing not understood 5, framing end of chunk 2',
    '← last chunk | handshake chunk size 3, handshake end of chunk 2',
  ]);
  expect(streamLines([down(`${HEAD}zz\r\n`), down('more')])).toEqual([
    '← 4 bytes not understood | framing not understood 4',
    '← 4 bytes not understood | framing not understood 4',
  ]);
});

it('events: several lines of data, their kinds, comments, and an event that is cut off', () => {
  const body = [
    'id: 1\ndata: a\ndata: b\n\n',
    ':\n\n',
    'retry: 9\nevent: json\ndata: "\\r"\n\n',
    'event: missed\ndata: 2\n\n',
    'id: 2\ndata: cu',
  ];
  expect(streamLines([down(EVENTS + body.map(chunk).join(''))])).toEqual([
    '← chunk of 23 bytes: message of 3 bytes | framing chunk size 4, framing id 6, framing data 6, payload message 2, framing data 6, payload message 1, framing punctuation 2, framing end of chunk 2',
    '← chunk of 3 bytes: heartbeat | heartbeat chunk size 3, heartbeat heartbeat 3, heartbeat end of chunk 2',
    '← chunk of 33 bytes: message of 1 byte | framing chunk size 4, framing retry 9, framing event 12, framing data 7, payload message 1, framing what escapes add 1, framing punctuation 3, framing end of chunk 2',
    '← chunk of 23 bytes: what was missed | framing chunk size 4, framing what was missed 23, framing end of chunk 2',
    '← chunk of 14 bytes: message of 2 bytes | framing chunk size 3, framing id 6, framing data 6, payload message 2, framing end of chunk 2',
  ]);
});

it('a stream by HTTP/1.0 has no chunks: what came is shown as it came', () => {
  const head = 'HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nConnection: close\r\n\r\n';
  const sent = [down(`${head}{"session":"s"}\n`), down('"ne'), down('ws"\n')];
  expect(streamLines(sent)).toEqual([
    '← 16 bytes of the answer: hello | handshake hello 16',
    '← 3 bytes of the answer: part of message of 4 bytes | framing punctuation 1, payload message 2',
    '← 4 bytes of the answer: part of message of 4 bytes | payload message 2, framing punctuation 2',
  ]);
});

it('a stream that was lost goes on after the last event', async () => {
  const host = await serve(sse);
  const recording = await record(host.url);
  const { inbox, turns } = await host.connect({}, recording.url);
  host.side.publish('all', 'seen');
  await arrived(inbox, 1);
  host.cut();
  host.side.publish('all', 'missed one');
  host.side.publish('all', 'missed two');
  await arrived(inbox, 3);
  expect(turns).toEqual(['interrupted', 'resumed']);
  await host.close();
  await recording.close();
  const steps = checked(stream, recording.connections[1] ?? []);
  expect(steps.map(({ title }) => title.replace(/stream\/[^:]+/, 'stream/…')).slice(0, 4)).toEqual([
    'GET /stream/…: goes on after event 1',
    'answer 200: a stream begins',
    'chunk of 41 bytes: hello',
    'chunk of 48 bytes: 2 × message of 10 bytes',
  ]);
  expect(bytesIn(steps, 'payload')).toBe(20);
});

it('polls: several messages in one answer, what was missed, refusals, an answer that is cut off', () => {
  const asks = up('GET /session/abc/4 HTTP/1.1\r\n\r\n');
  const answers = (body: string, length = body.length) =>
    down(`HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n${body}`);
  const told = (answer: Sent) => lines(checked(poll, [asks, answer]))[1]?.replace(/head \d+/, 'head');
  expect(told(answers('{"cursor":9,"missed":2,"messages":["a","b\\n"]}'))).toBe(
    '← answer 200: 2 messages of 3 bytes in all | header answer head, framing envelope 36, payload message 1, framing punctuation 3, payload message 2, framing what escapes add 1, framing punctuation 3',
  );
  expect(told(answers('{"cursor":9,"messages":["hal', 90))).toBe(
    '← answer 200: message of 3 bytes, cut off after 28 of 90 bytes | header answer head, framing envelope 25, payload message 3',
  );
  expect(told(down('HTTP/1.1 404 Not Found\r\nContent-Length: 16\r\n\r\nunknown session\n'))).toBe(
    '← answer 404: unknown session | header answer head, framing reason 16',
  );
  expect(told(down('HTTP/1.1 204 No Content\r\n\r\n'))).toBe(
    '← answer 204: nothing new | header answer head',
  );
  expect(told(down('HTTP/1.1 204 No Con'))).toBe(
    '← answer 204: nothing new, cut off in its head | header answer head',
  );
});

it('requests that overtake their answers, an interim answer, and one to no request', () => {
  const asks = (cursor: number) => `GET /session/abc/${cursor} HTTP/1.1\r\n\r\n`;
  const empty = 'HTTP/1.1 204 No Content\r\n\r\n';
  const steps = checked(poll, [
    up(asks(1) + asks(2)),
    down(
      `HTTP/1.1 100 Continue\r\n\r\n${empty}${empty}HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n`,
    ),
  ]);
  expect(steps.map(({ title, why }) => [title, why.slice(-9)])).toEqual([
    ['GET /session/abc/1', 'cursor 1.'],
    ['GET /session/abc/2', 'cursor 2.'],
    ['answer 100: continue', ''],
    ['answer 204: nothing new', 'cursor 1.'],
    ['answer 204: nothing new', 'cursor 2.'],
    ['answer 408: request timeout', ''],
  ]);
});
