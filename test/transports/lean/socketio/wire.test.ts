import { connect, createServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ClientOptions, Message, Transport } from '../../../../src/contracts.ts';
import { socketio, socketioPolling, socketioWebsocket } from '../../../../src/transports/socketio/index.ts';
import { arrived, listen, serve, until } from '../../harness.ts';

const MESSAGES: readonly Message[] = ['plain', 'two\nlines "and" ünicode', Uint8Array.of(1, 2, 3), ''];
const ROUNDS = 5;

describe.each([
  [socketioPolling, {}],
  [socketioPolling, { socketioAgent: 'default', headers: 'browser' }],
  [socketioWebsocket, {}],
  [socketioWebsocket, { headers: 'browser' }],
  [socketio, {}],
] as const)('$name', (transport, options) => {
  it(`puts the same bytes on the wire as the library: ${JSON.stringify(options)}`, async () => {
    const library = await converse(transport, options);
    const lean = await converse({ ...transport, client: transport.leanClient }, options);
    expect(library.length).toBeGreaterThan(transport === socketio ? 15 : 30);
    expect(lean).toEqual(library);
  });
});

/** All that a client says in a conversation, but for what is random; in an order that does not depend on which socket it took. */
async function converse(transport: Transport, options: Partial<ClientOptions>): Promise<string[]> {
  const host = await serve(transport);
  host.app.received = (peer, message, answer?: (reply: Message) => void) => {
    host.app.inbox.push({ peer, message });
    answer?.(message);
  };
  const said: Buffer[][] = [];
  const sockets = new Set<Socket>();
  const proxy = createServer((near) => {
    const far = connect(Number(host.url.port), '127.0.0.1');
    const parts: Buffer[] = [];
    said.push(parts);
    near.on('data', (part: Buffer) => parts.push(part));
    for (const socket of [near, far]) sockets.add(socket.on('error', () => {}));
    near.pipe(far).pipe(near);
  });
  const url = new URL(`http://127.0.0.1:${await listen(proxy)}/`);
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    proxy.close();
    await host.close();
  });
  let waiting = 0;
  host.http.prependListener('request', ({ method }, response) => {
    if (method !== 'GET') return;
    waiting += 1;
    response.once('finish', () => {
      waiting -= 1;
    });
  });
  const { connection, inbox } = await host.connect(options, url);
  await until('settled', () => connection.carrying === transport.carries);
  // What it says before it waits again may go with what it says next.
  const heard = async (count: number) => {
    await arrived(inbox, count);
    await until('it waits', () => transport.carries === 'websocket' || waiting === 1);
  };
  for (let round = 0; round < ROUNDS; round++) {
    for (const message of MESSAGES) {
      connection.send(message);
      await arrived(host.app.inbox, host.app.inbox.length + 1);
      host.side.publish('all', message);
      await heard(inbox.length + 1);
    }
  }
  connection.ask?.('question');
  await heard(inbox.length + 1);
  const beside = await connection.beside?.('5', { message: () => {}, closed: () => {} });
  beside?.send('from beside');
  await arrived(host.app.inbox, host.app.inbox.length + 1);
  host.app.peers[0]?.send('between');
  await heard(inbox.length + 1);
  await beside?.close();
  await arrived(host.app.ended, 1);
  host.side.publish('all', 'the last');
  await heard(inbox.length + 1);
  await connection.close();
  const all = said.flatMap((parts) => spoken(Buffer.concat(parts)));
  // How often it asked while it upgraded is a matter of time.
  return (transport.name === 'socketio' ? [...new Set(all)] : all).toSorted();
}

function spoken(bytes: Buffer): string[] {
  const text = bytes.toString('latin1');
  if (text.includes('Upgrade: websocket')) {
    const end = text.indexOf('\r\n\r\n') + 4;
    return [steady(text.slice(0, end)), ...frames(bytes.subarray(end))];
  }
  return text.split(/(?=(?:GET|POST) \/socket)/).map(steady);
}

/** With its length, and without what is random. */
function steady(request: string): string {
  const plain = request
    .replace(/([?&](?:t|sid))=[\w-]+/g, '$1=…')
    .replace(/(Sec-WebSocket-Key:) .*/, '$1 …')
    .replace(/127\.0\.0\.1:\d+/g, '…');
  return `${request.length} ${plain}`;
}

function frames(bytes: Buffer): string[] {
  const found: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = (bytes[at + 1] ?? 0) & 127;
    expect(length).toBeLessThan(126);
    const mask = bytes.subarray(at + 2, at + 6);
    const payload = bytes
      .subarray(at + 6, at + 6 + length)
      .map((byte, index) => byte ^ (mask[index & 3] ?? 0));
    found.push(`frame ${bytes[at]} ${Buffer.from(payload).toString('latin1')}`);
    at += 6 + length;
  }
  return found;
}
