import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { streaming } from '../../src/transports/streaming/index.ts';
import { contractSuite } from './contract.ts';
import { arrived, type Host, serve, until } from './harness.ts';

contractSuite(streaming);

it('streaming costs 73 bytes for a text of 64, in one write', async () => {
  const host = await serve(streaming);
  const clients = [await host.connect(), await host.connect()];
  const before = bytesDown(host);
  for (let index = 0; index < 10; index++) host.side.publish('all', 'x'.repeat(64));
  for (const { inbox } of clients) await arrived(inbox, 10);
  expect(bytesDown(host) - before).toBe(clients.length * 10 * 73);
  await host.close();
});

it('streaming names its session first, then gives a line for each message and empty ones while idle', async () => {
  const host = await serve(streaming, { heartbeatMs: 20 });
  const socket = connect(Number(host.url.port), '127.0.0.1');
  let came = '';
  socket.on('data', (bytes) => {
    came += bytes;
  });
  socket.write('GET /stream HTTP/1.1\r\nHost: x\r\n\r\n');
  await until('two heartbeats', () => (came.match(/\r\n1\r\n\n\r\n/g) ?? []).length > 1);
  host.side.publish('all', 'a "text"\n');
  host.side.publish('all', Uint8Array.of(1, 2, 3));
  await until('both messages', () => came.includes('AQID'));
  const [head = '', body = ''] = came.split(/\r\n\r\n(.*)/s);
  expect(head).toMatch(/^HTTP\/1.1 200 OK\r\nContent-Type: application\/x-ndjson\r\n/);
  const lines = body.split('\r\n').filter((_, index) => index % 2 === 1);
  expect(lines.filter((line) => line !== '\n')).toEqual([
    `{"session":"${host.app.peers[0]?.id}"}\n`,
    '"a \\"text\\"\\n"\n',
    '{"binary":"AQID"}\n',
  ]);
  socket.destroy();
  await until('its end', () => host.app.ended.length === 1);
  await host.close();
});

it('a stream that is asked for by HTTP/1.0, as proxies do, has no chunks', async () => {
  const host = await serve(streaming);
  const socket = connect(Number(host.url.port), '127.0.0.1');
  let came = '';
  socket.on('data', (part) => {
    came += part;
  });
  socket.write('GET /stream HTTP/1.0\r\nHost: x\r\n\r\n');
  await until('the beginning', () => came.includes('session'));
  host.app.peers[0]?.join('all');
  host.side.publish('all', 'news');
  await until('the message', () => came.includes('news'));
  expect(came.split('\r\n\r\n')[1]).toBe(`{"session":"${host.app.peers[0]?.id}"}\n"news"\n`);
  socket.destroy();
  await until('its end', () => host.app.ended.length === 1);
  await host.close();
});

it('streaming refuses a stream of another', async () => {
  const host = await serve(streaming);
  const socket = connect(Number(host.url.port), '127.0.0.1');
  socket.write('GET /stream/x HTTP/1.1\r\nHost: x\r\n\r\n');
  const [answer] = await once(socket, 'data');
  expect(String(answer).split(' ')[1]).toBe('404');
  expect(host.app.peers).toEqual([]);
  socket.destroy();
  await host.close();
});

function bytesDown(host: Host): number {
  return [...host.sockets].reduce((sum, socket) => sum + socket.bytesWritten, 0);
}
