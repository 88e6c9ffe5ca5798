import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Message } from '../../src/contracts.ts';
import { longpoll } from '../../src/transports/longpoll/index.ts';
import { polling } from '../../src/transports/polling/index.ts';
import { sse, streaming } from '../../src/transports/streaming/index.ts';
import { arrived, type Host, serve, until } from './harness.ts';

const MAX_MESSAGE_BYTES = 1_000;
const TEXT = 'Content-Type: text/plain;charset=utf-8\r\n';
const BYTES = 'Content-Type: application/octet-stream\r\n';

/** Requests that a server must refuse, `ID` being a session that it knows. */
const REFUSED: readonly (readonly [status: number, request: string])[] = [
  [400, 'garbage\r\n\r\n'],
  [404, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'],
  [404, 'GET //// HTTP/1.1\r\nHost: x\r\n\r\n'],
  [404, 'GET /%zz%00?a=b&&= HTTP/1.1\r\nHost: x\r\n\r\n'],
  [404, 'GET http://other/session/ID/0 HTTP/1.1\r\nHost: x\r\n\r\n'],
  [404, `GET /${'x'.repeat(4_000)} HTTP/1.1\r\nHost: x\r\n\r\n`],
  [404, 'GET /session/nobody/0 HTTP/1.1\r\nHost: x\r\n\r\n'],
  [404, 'GET /session/ID/0/more HTTP/1.1\r\nHost: x\r\n\r\n'],
  [404, 'DELETE /session/nobody HTTP/1.1\r\nHost: x\r\n\r\n'],
  [404, `POST /session/nobody/1 HTTP/1.1\r\nHost: x\r\n${TEXT}Content-Length: 1\r\n\r\nx`],
  [404, 'OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n'],
  [405, 'PUT /session/ID/1 HTTP/1.1\r\nHost: x\r\n\r\n'],
  [405, 'DELETE /ask/ID HTTP/1.1\r\nHost: x\r\n\r\n'],
  [405, 'GET /ask/ID HTTP/1.1\r\nHost: x\r\n\r\n'],
  [405, 'DELETE /session/ID/1 HTTP/1.1\r\nHost: x\r\n\r\n'],
  [400, `POST /session/ID/ HTTP/1.1\r\nHost: x\r\n${TEXT}Content-Length: 1\r\n\r\nx`],
  [400, `POST /session/ID/-1 HTTP/1.1\r\nHost: x\r\n${TEXT}Content-Length: 1\r\n\r\nx`],
  [400, `POST /session/ID/1 HTTP/1.1\r\nHost: x\r\n${TEXT}Content-Length: 2\r\n\r\n\xc3\x28`],
  [400, `POST /session/ID/1 HTTP/1.1\r\nHost: x\r\n${TEXT}Content-Length: -5\r\n\r\nx`],
  [409, `POST /session/ID/7 HTTP/1.1\r\nHost: x\r\n${TEXT}Content-Length: 1\r\n\r\nx`],
  [413, `POST /session/ID/1 HTTP/1.1\r\nHost: x\r\n${TEXT}Content-Length: 99999999999\r\n\r\nx`],
  [413, `POST /session/ID/1 HTTP/1.1\r\nHost: x\r\n${BYTES}Content-Length: 1001\r\n\r\n`],
  [413, `POST /session/ID/1 HTTP/1.1\r\nHost: x\r\n${BYTES}Transfer-Encoding: chunked\r\n\r\n${chunks(40)}`],
  [415, 'POST /session/ID/1 HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx'],
  [415, 'POST /session/ID/1 HTTP/1.1\r\nHost: x\r\nContent-Type: a/b\r\nContent-Length: 1\r\n\r\nx'],
];

const CASES = [polling, longpoll, streaming, sse].flatMap((transport) => [
  { crowd: 'library', transport },
  { crowd: 'lean', transport: { ...transport, client: transport.leanClient } },
]);

describe.each(CASES)('the server of $transport.name with a $crowd client', ({ transport }) => {
  let host: Host;
  beforeEach(async () => {
    host = await serve(transport, { maxMessageBytes: MAX_MESSAGE_BYTES });
  });
  afterEach(() => host.close());

  it('refuses what makes no sense with a status that says why, and goes on', async () => {
    const { connection, peer, inbox, ended } = await host.connect();
    for (const [status, request] of REFUSED) {
      const answer = await ask(host, request.replace('ID', peer.id));
      expect(answer.split(' ')[1], request).toBe(String(status));
    }
    host.side.publish('all', 'down');
    connection.send('up');
    await arrived(inbox, 1);
    await arrived(host.app.inbox, 1);
    expect([inbox, host.app.from(peer), ended]).toEqual([['down'], ['up'], []]);
  });

  it('takes a message that comes twice once', async () => {
    const { peer } = await host.connect();
    const request = `POST /session/${peer.id}/1 HTTP/1.1\r\nHost: x\r\n${TEXT}Content-Length: 4\r\n\r\nonce`;
    for (let index = 0; index < 3; index++) expect(await ask(host, request)).toMatch(/^HTTP\/1.1 204 /);
    expect(host.app.from(peer)).toEqual(['once']);
  });

  it('gives a question that comes twice the same answer, and takes it once', async () => {
    let asked = 0;
    host.app.received = (_peer, _message, answer?: (reply: Message) => void) => answer?.(`answer ${++asked}`);
    const { peer } = await host.connect();
    const request = `POST /ask/${peer.id}/1 HTTP/1.1\r\nHost: x\r\n${TEXT}Content-Length: 4\r\n\r\nwhat`;
    for (let index = 0; index < 3; index++) {
      expect(await ask(host, request)).toMatch(/^HTTP\/1.1 200 .*\r\n\r\nanswer 1$/s);
    }
  });

  it('takes nothing of a message that is cut short', async () => {
    const { peer, connection } = await host.connect();
    const socket = connect(Number(host.url.port), '127.0.0.1');
    socket.write(`POST /session/${peer.id}/1 HTTP/1.1\r\nHost: x\r\n${TEXT}Content-Length: 10\r\n\r\nhalf`);
    await until('the request at the server', () => host.sockets.size > 1);
    socket.destroy();
    await once(socket, 'close');
    connection.send('whole');
    await arrived(host.app.inbox, 1);
    expect(host.app.from(peer)).toEqual(['whole']);
  });

  it('ends the connection of a client whose message is too large, and says so on both sides', async () => {
    const { connection, peer, ended } = await host.connect();
    connection.send('before');
    connection.send('x'.repeat(MAX_MESSAGE_BYTES + 1));
    await until('both ends', () => ended.length + host.app.ended.length === 2);
    expect(ended).toEqual([expect.stringContaining('1001 bytes')]);
    expect(host.app.from(peer)).toEqual(['before']);
  });

  it.each(['minimal', 'browser'] as const)('is asked with %s headers', async (headers) => {
    const heads: string[] = [];
    host.http.on('request', ({ method, url, httpVersion, rawHeaders }) => {
      const lines = rawHeaders.map((text: string, index: number) =>
        index % 2 ? `${text}\r\n` : `${text}: `,
      );
      heads.push(`${method} ${url} HTTP/${httpVersion}\r\n${lines.join('')}\r\n`);
    });
    await host.connect({ headers });
    const asked = transport.family === 'streaming' ? 1 : 2;
    await until('requests', () => heads.length >= asked);
    const head = heads.at(-1) ?? '';
    expect(head).toMatch(new RegExp(`^GET .*\r\nHost: ${host.url.host}\r\nConnection: keep-alive\r\n`));
    if (headers === 'minimal') expect(head.split('\r\n')).toHaveLength(5);
    else expect(head).toMatch(/\r\nUser-Agent: Mozilla.*\r\n/);
  });
});

describe('a client without its session', () => {
  it.each([polling, longpoll, sse])('$name says once that it is over', async (transport) => {
    const host = await serve(transport);
    const { peer, ended } = await host.connect();
    expect(await ask(host, `DELETE /session/${peer.id} HTTP/1.1\r\nHost: x\r\n\r\n`)).toMatch(/ 204 /);
    await until('closed', () => ended.length > 0);
    expect(ended).toEqual([expect.stringContaining('404')]);
    expect(host.app.endings(peer)).toEqual(['closed by the client']);
    await host.close();
    expect(ended).toHaveLength(1);
  });
});

/** Writes a request as it is, and gives what came back first; the server may end it or not. */
async function ask(host: Host, request: string): Promise<string> {
  const socket = connect(Number(host.url.port), '127.0.0.1');
  socket.on('error', () => {}).write(request, 'latin1');
  const [answer] = await once(socket, 'data');
  socket.destroy();
  await once(socket, 'close');
  return String(answer);
}

function chunks(count: number): string {
  return `64\r\n${'x'.repeat(100)}\r\n`.repeat(count);
}
