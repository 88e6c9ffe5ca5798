import { once } from 'node:events';
import { Agent, createServer, get, type IncomingMessage, request } from 'node:http';
import { expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { LinkFault } from '../../../src/instrument/link/faults/names.ts';
import { NO_LINK } from '../../../src/instrument/link/way.ts';
import { cleanups, client, relayTo } from './sockets.ts';

/** A web server with a WebSocket at every path and an answer that goes on for ever, behind a relay that looks in. */
async function stand() {
  const http = createServer((asked, answer) => {
    if (asked.url === '/stream') answer.write('begins');
    else answer.end(asked.url);
    if (asked.url === '/stream') streams.push(answer);
  });
  const streams: { write(text: string): void; end(text: string): void }[] = [];
  const sockets = new WebSocketServer({ server: http });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => {
    http.close();
    http.closeAllConnections();
    for (const socket of sockets.clients) socket.terminate();
  });
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const { relay, port } = await relayTo(address.port, NO_LINK, { looksIn: true });
  const turn = (fault: LinkFault, begins: boolean) => relay.ask('fault', { fault, begins });
  return { streams, sockets, turn, port };
}

function webSocket(port: number): WebSocket {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`);
  cleanups.push(() => socket.terminate());
  socket.on('error', () => undefined);
  return socket;
}

/** How an attempt to open a WebSocket ended. */
function outcome(socket: WebSocket): Promise<string> {
  return new Promise((resolve) => {
    socket.once('open', () => resolve('open'));
    socket.once('error', (error) => resolve(error.message));
  });
}

async function ask(port: number, agent: Agent, path: string): Promise<string> {
  const [answer]: IncomingMessage[] = await once(get({ port, path, agent }), 'response');
  let text = '';
  for await (const part of answer ?? []) text += part;
  return text;
}

async function stream(port: number) {
  const [answer]: IncomingMessage[] = await once(get({ port, path: '/stream', agent: false }), 'response');
  if (answer === undefined) throw new Error('no answer');
  cleanups.push(() => answer.destroy());
  const heard = { text: '' };
  answer
    .on('error', () => undefined)
    .on('data', (part) => {
      heard.text += part;
    });
  return { answer, heard };
}

test.each([
  ['upgrade-403', /403/],
  ['upgrade-200', /200/],
] satisfies [LinkFault, RegExp][])(
  '%s cuts WebSockets and answers new ones itself; all else passes; when it is over they pass',
  async (fault, told) => {
    const { streams, sockets, turn, port } = await stand();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    cleanups.push(() => agent.destroy());
    const before = webSocket(port);
    expect(await outcome(before)).toBe('open');
    const { answer, heard } = await stream(port);
    expect(await ask(port, agent, '/one')).toBe('/one');
    const cut = once(before, 'close');
    await turn(fault, true);
    expect((await cut)[0]).toBe(1006);
    expect(await outcome(webSocket(port))).toMatch(told);
    expect(sockets.clients.size).toBe(0);
    expect(await ask(port, agent, '/two')).toBe('/two');
    streams[0]?.end(' and ends');
    await once(answer, 'end');
    expect(heard.text).toBe('begins and ends');
    await turn(fault, false);
    expect(await outcome(webSocket(port))).toBe('open');
  },
);

test('upgrade-dropped lets a request for a WebSocket hang until its client gives up', async () => {
  const { sockets, turn, port } = await stand();
  await turn('upgrade-dropped', true);
  const upgrading = request({
    port,
    path: '/ws',
    agent: false,
    headers: { Connection: 'Upgrade', Upgrade: 'websocket' },
  });
  const told = Promise.race(['response', 'upgrade', 'close'].map((name) => once(upgrading, name)));
  upgrading.on('error', () => undefined).end();
  expect(await ask(port, new Agent(), '/one')).toBe('/one');
  await turn('upgrade-dropped', false);
  expect(await outcome(webSocket(port))).toBe('open');
  // It came before, and is still told nothing.
  const silence = ask(port, new Agent(), '/two').then(() => 'silence');
  expect(await Promise.race([told, silence])).toBe('silence');
  expect(sockets.clients.size).toBe(1);
  upgrading.destroy();
});

test('an upgrade that comes byte by byte, behind a request with a body, is seen', async () => {
  const { turn, port } = await stand();
  await turn('upgrade-403', true);
  const socket = await client(port);
  let heard = '';
  socket.on('data', (bytes) => {
    heard += bytes;
  });
  const body = 'GET /ws HTTP/1.1\r\nUpgrade: websocket\r\n\r\n';
  const post = `POST /first HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  const upgrade = 'GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
  for (const letter of post + upgrade) {
    socket.write(letter);
    await new Promise(setImmediate);
  }
  await once(socket, 'end');
  expect(heard).toMatch(/^HTTP\/1\.1 200 OK\r\n.*\/first.*HTTP\/1\.1 403 Forbidden\r\n/s);
});

test('buffering holds a stream back until it is over; whole answers and WebSockets pass', async () => {
  const { streams, sockets, turn, port } = await stand();
  const agent = new Agent({ keepAlive: true });
  cleanups.push(() => agent.destroy());
  const socket = webSocket(port);
  expect(await outcome(socket)).toBe('open');
  const { answer, heard } = await stream(port);
  await turn('buffering', true);
  streams[0]?.write(' held');
  const frame = once(socket, 'message');
  for (const other of sockets.clients) other.send('frame');
  expect(String((await frame)[0])).toBe('frame');
  expect(await ask(port, agent, '/whole')).toBe('/whole');
  expect(heard.text).toBe('begins');
  const released = once(answer, 'data');
  await turn('buffering', false);
  await released;
  expect(heard.text).toBe('begins held');
  await turn('buffering', true);
  streams[0]?.end(' to the end');
  await once(answer, 'end');
  expect(heard.text).toBe('begins held to the end');
});
