import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sse } from '../../src/transports/streaming/index.ts';
import { contractSuite } from './contract.ts';
import { arrived, type Host, serve, until } from './harness.ts';

contractSuite(sse);

describe('sse', () => {
  let host: Host;
  const ends: (() => unknown)[] = [];
  beforeEach(async () => {
    host = await serve(sse, { heartbeatMs: 30, logMessages: 5 });
  });
  afterEach(async () => {
    for (const end of ends.splice(0)) end();
    await host.close();
  });

  it('writes events with ids, lines of text as lines of data, and comments while idle', async () => {
    const events = stream('/stream');
    await until('the session', () => events().length === 1);
    host.side.publish('all', 'two\nlines');
    host.side.publish('all', 'with\r\n');
    host.side.publish('all', Uint8Array.of(1, 2, 3));
    await until('all events', () => events().length === 4);
    expect(events()).toEqual([
      `event: session\nid: 0\ndata: ${host.app.peers[0]?.id}`,
      'id: 1\ndata: two\ndata: lines',
      'id: 2\nevent: json\ndata: "with\\r\\n"',
      'id: 3\nevent: binary\ndata: AQID',
    ]);
    await until('heartbeats', () => events({ comments: true }).filter((event) => event === ':').length > 1);
  });

  it('resumes after the last event that was seen', async () => {
    const events = stream('/stream');
    await until('the session', () => events().length === 1);
    const id = host.app.peers[0]?.id;
    for (let index = 1; index <= 4; index++) host.side.publish('all', `${index}`);
    const resumed = stream(`/stream/${id}`, 2);
    await until('what it had not seen', () => resumed().length === 3);
    expect(resumed()).toEqual([`event: session\nid: 2\ndata: ${id}`, 'id: 3\ndata: 3', 'id: 4\ndata: 4']);
    await until('the older stream closed', () => host.sockets.size === 1);
    host.side.publish('all', 'live again');
    await until('the next', () => resumed().length === 4);
    expect([host.app.peers.length, host.app.ended]).toEqual([1, []]);
  });

  it('tells what the log no longer had', async () => {
    const { peer, inbox } = await host.connect();
    await arrived(host.app.peers, 1);
    for (let index = 1; index <= 3; index++) host.side.publish('all', `${index}`);
    await arrived(inbox, 3);
    host.cut();
    await until('the cut', () => host.sockets.size === 0);
    for (let index = 4; index <= 10; index++) host.side.publish('all', `${index}`);
    const resumed = stream(`/stream/${peer.id}`, 3);
    await until('the rest', () => resumed().length >= 7);
    expect(resumed().slice(1)).toEqual([
      'event: missed\ndata: 2',
      ...[6, 7, 8, 9, 10].map((id) => `id: ${id}\ndata: ${id}`),
    ]);
  });

  it('resumes by its path for who can set no header; a header is newer than the path', async () => {
    const events = stream('/stream');
    await until('the session', () => events().length === 1);
    const id = host.app.peers[0]?.id;
    for (let index = 1; index <= 4; index++) host.side.publish('all', `${index}`);
    const byPath = stream(`/stream/${id}/2`);
    await until('what it had not seen', () => byPath().length === 3);
    expect(byPath()).toEqual([`event: session\nid: 2\ndata: ${id}`, 'id: 3\ndata: 3', 'id: 4\ndata: 4']);
    const byBoth = stream(`/stream/${id}/2`, 3);
    await until('what it had not seen', () => byBoth().length === 2);
    expect(byBoth()).toEqual([`event: session\nid: 3\ndata: ${id}`, 'id: 4\ndata: 4']);
    expect([host.app.peers.length, host.app.ended]).toEqual([1, []]);
  });

  it.each([
    ['/stream/ID/99', 400],
    ['/stream/ID/-1', 400],
    ['/stream/ID/', 400],
    ['/stream/ID', 400],
    ['/stream/unknown/0', 404],
    ['/stream//0', 404],
    ['/stream/ID/0/0', 404],
  ])('refuses to resume by %s', async (path, status) => {
    const { peer } = await host.connect();
    const response = await fetch(new URL(path.replace('ID', peer.id), host.url));
    expect(response.status).toBe(status);
  });

  it.each([
    ['unknown', '1', 404],
    ['ID', '99', 400],
    ['ID', '-1', 400],
    ['ID', 'NaN', 400],
  ])('refuses to resume %s after event %s', async (session, lastEvent, status) => {
    const { peer } = await host.connect();
    const response = await fetch(new URL(`/stream/${session.replace('ID', peer.id)}`, host.url), {
      headers: { 'last-event-id': lastEvent },
    });
    expect(response.status).toBe(status);
  });

  /** Asks for a stream; gives the events that came so far, without the chunks around them. */
  function stream(path: string, lastEvent?: number) {
    const socket = connect(Number(host.url.port), '127.0.0.1');
    ends.push(() => socket.destroy());
    let came = '';
    socket.on('data', (bytes) => {
      came += bytes;
    });
    socket.on('error', () => {});
    const resume = lastEvent === undefined ? '' : `Last-Event-ID: ${lastEvent}\r\n`;
    socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n${resume}\r\n`);
    return ({ comments = false } = {}) => {
      const [, body = ''] = came.split(/\r\n\r\n(.*)/s);
      const events = body
        .replaceAll(/[0-9a-f]+\r\n([^\r]*)\r\n/g, '$1')
        .split('\n\n')
        .slice(0, -1);
      return comments ? events : events.filter((event) => event !== ':');
    };
  }
});
